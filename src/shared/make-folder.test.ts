import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

let room: string
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'answerphone-folder-'))
})
afterEach(() => rmSync(room, { recursive: true }))

it('makes all that is missing on the way, for this user alone, at once by two and again', async () => {
  const deep = join(room, 'a', 'b', 'c')
  await Promise.all([makeFolder(deep), makeFolder(deep)])
  await makeFolder(deep)
  for (const folder of [deep, join(room, 'a')]) expect(statSync(folder).mode & 0o777).toBe(0o700)
})

it('says so where a file is in the way', async () => {
  writeFileSync(join(room, 'file'), '')
  await expect(makeFolder(join(room, 'file', 'a'))).rejects.toThrow(/EEXIST|ENOTDIR/)
})

it.runIf(process.platform === 'linux')('ends at once below /proc, where there can be no folder', async () => {
  await expect(makeFolder('/proc/answerphone/data')).rejects.toThrow('ENOENT')
})
