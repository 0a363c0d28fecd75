import { expect, it } from 'vitest'
import { saveAs } from './save-as.ts'

it('a file keeps its umlauts when it is saved (RFC 8187)', () => {
  expect(saveAs('Jörg (2).mp3')).toBe(
    `attachment; filename="J_rg (2).mp3"; filename*=UTF-8''J%C3%B6rg%20%282%29.mp3`,
  )
})
