import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWav } from '../../media/wav/read-wav.ts'
import { spellers } from '../../menu/speller.ts'
import { MENU_PROMPTS } from '../../menu/words.ts'
import { LANGUAGES } from '../../shared/language.ts'
import { PROMPT_FOLDERS, shippedGreetingFile } from '../clips.ts'

describe.each(LANGUAGES)('the prompts: %s', (language) => {
  const folder = join(PROMPT_FOLDERS[language], 'menu')
  const files = readdirSync(folder)

  it('there is a sound for every word of the menu', () => {
    expect(new Set(files.map((file) => file.replace('.wav', '')))).toEqual(
      new Set([...MENU_PROMPTS, ...spellers[language].sounds]),
    )
  })

  it('each is heard: neither silent, nor too loud, nor cut off before it is said', () => {
    for (const file of [...files.map((file) => join(folder, file)), shippedGreetingFile(language)]) {
      const { samples, sampleRate } = readWav(readFileSync(file))
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
      expect([file, sampleRate]).toEqual([file, 8000])
      expect(peak, file).toBeGreaterThan(10_000)
      expect(peak, file).toBeLessThan(20_000)
      expect(samples.length / sampleRate, file).toBeGreaterThan(0.3)
    }
  })

  it('has what callers hear in one language in all', () => {
    const spoken = (of: string) =>
      readdirSync(of).filter((file) => file.endsWith('.wav') && file !== 'test-caller.wav')
    expect(spoken(PROMPT_FOLDERS[language])).toEqual(spoken(PROMPT_FOLDERS.en))
  })
})
