import { expect, it } from 'vitest'
import { isSameServer } from './dav-fetch.ts'

it.each([
  ['https://dav.example.org', 'https://dav.example.org:8443/x', true],
  ['https://contacts.icloud.com', 'https://p42-contacts.icloud.com', true],
  ['http://nas', 'http://nas/dav/', true],
  ['http://nas', 'https://nas/dav/', true],
  ['https://nas', 'http://nas/dav/', false],
  ['https://dav.example.org', 'http://other.example.org', false],
  ['http://dav.example.org', 'http://other.example.org', false],
  ['https://dav.example.org', 'https://example.com', false],
  ['https://dav.example.org', 'https://evil-example.org', false],
  ['https://example.org', 'https://other.org', false],
  ['https://mine.co.uk', 'https://somebody.co.uk', false],
  ['https://mine.duckdns.org', 'https://somebody.duckdns.org', false],
  ['https://evil-icloud.com', 'https://p42-contacts.icloud.com', false],
])('the password for %s goes to %s: %s', (home, target, is) =>
  expect(isSameServer(new URL(target), new URL(home))).toBe(is),
)
