import { expect, it } from 'vitest'
import { SPELLING } from '../../menu/spell.ts'
import { MENU_PROMPTS } from '../../menu/words.ts'

it('has a sound for every word of the menu', async () => {
  const { readdirSync } = await import('node:fs')
  const files = readdirSync(new URL('../../../assets/prompts/menu', import.meta.url)).map((file) =>
    file.replace('.wav', ''),
  )
  expect(new Set(files)).toEqual(new Set([...MENU_PROMPTS, ...SPELLING]))
})
