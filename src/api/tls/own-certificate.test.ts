import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { silentLog } from '../../shared/log.ts'
import type { Certificate } from './certificate.ts'
import { makeLeaf, makeRoot } from './make-certificate.ts'
import { openOwnCertificate } from './own-certificate.ts'

let dir: string
let files: { certFile: string; keyFile: string }
let written = 1
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'answerphone-tls-'))
  files = { certFile: join(dir, 'fullchain.pem'), keyFile: join(dir, 'privkey.pem') }
})
afterEach(() => rmSync(dir, { recursive: true }))

const make = async () => makeLeaf(await makeRoot('An authority', 0), ['phone.example.org'], 0)

function write({ cert, key }: Certificate): void {
  writeFileSync(files.certFile, cert)
  writeFileSync(files.keyFile, key)
  written += 10
  for (const file of Object.values(files)) utimesSync(file, written, written)
}

it('is read from its files, and anew once they have changed', async () => {
  const clock = fakeClock()
  const [first, second] = [await make(), await make()]
  write(first)
  using source = await openOwnCertificate({ ...files, clock, log: silentLog })
  expect(source.current).toEqual(first)
  const replaced = new Promise<Certificate>((resolve) => {
    source.onReplaced = resolve
  })
  write(second)
  clock.advance(61_000)
  expect(await replaced).toEqual(second)
  expect(source.current).toEqual(second)
})

it('is refused with what to do where the two do not belong together, or are not there', async () => {
  const [one, other] = [await make(), await make()]
  write({ cert: one.cert, key: other.key })
  const open = () => openOwnCertificate({ ...files, clock: fakeClock(), log: silentLog })
  await expect(open()).rejects.toMatchObject({ code: 'AP_CERTIFICATE_UNUSABLE' })
  rmSync(files.keyFile)
  await expect(open()).rejects.toThrow(/Give two PEM files that belong together/)
})
