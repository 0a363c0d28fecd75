import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { claimFolder, isClaimed } from './claim-folder.ts'

it('a data directory belongs to one machine at a time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'claim-'))
  expect(isClaimed(folder)).toBe(false)
  const claim = claimFolder(folder)
  expect(isClaimed(folder)).toBe(true)
  expect(() => claimFolder(folder)).toThrow(/another Answerphone/)
  claim[Symbol.dispose]()
  claimFolder(folder)[Symbol.dispose]()
})
