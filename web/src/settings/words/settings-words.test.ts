import { expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'

type Leaf = readonly [path: string, text: unknown]

const leaves = (branch: object, path = ''): Leaf[] =>
  Object.entries(branch).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? leaves(value, `${path}${key}.`)
      : [[`${path}${key}`, value] as const],
  )

it('says something for every key, and each in its own language', () => {
  const english = new Map(leaves(en))
  for (const words of [en, de])
    expect(leaves(words).filter(([path, text]) => text === '' && path !== 'audit.kinds.user')).toEqual([])
  const same = leaves(de).filter(([path, text]) => typeof text === 'string' && english.get(path) === text)
  expect(same.map(([path]) => path).sort()).toEqual([
    'audit.kinds.user',
    'greetings.name',
    'lines.name',
    'mail.port',
    'mail.queue',
    'mail.securities.starttls',
    'mail.securities.tls',
    'mailboxes.fields.pin',
    'mailboxes.name',
    'people.name',
    'phones.appLink',
    'phones.name',
    'phones.port',
    'phones.server',
    'phones.transport',
    'sections.mail',
  ])
})
