import { expect, it } from 'vitest'
import { hashCredentials } from './credentials.ts'

/** RFC 7616 §3.9.1 gives the responses; these are the hashes of A1 that lead to them. */
it('hashes user, realm and password as RFC 7616 §3.4.2 wants', () => {
  expect(hashCredentials('Mufasa', 'http-auth@example.org', 'Circle of Life')).toEqual({
    MD5: '3d78807defe7de2157e2b0b6573a855f',
    'SHA-256': '7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232',
  })
})
