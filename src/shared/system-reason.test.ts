import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { systemReason } from './system-reason.ts'

const reasonFor = (file: string) => readFile(file).then(String, systemReason)

it('says in plain words why a file can not be used, and else what the system says', async () => {
  expect(await reasonFor('/no/such/file')).toBe('there is no such file or folder')
  expect(await reasonFor('/')).toBe('it is a folder')
  expect(await reasonFor('/dev/null/file')).toBe('part of its path is a file, not a folder')
  expect(systemReason(new Error('no WAV file'))).toBe('no WAV file')
})
