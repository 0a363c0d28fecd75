import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWav } from '../media/wav/read-wav.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

const ROOT = join(import.meta.dirname, '../..')
const NEEDED_NODE = 24
const SPOKEN = [
  ...['greeting', 'time-over', 'goodbye', 'no-room'],
  ...['gate-key', 'gate-name', 'not-put-through', 'not-taken'],
]
const PROMPTS = [...SPOKEN, ...SPOKEN.map((prompt) => `de/${prompt}`)]

export function checkNode(version: string): Finding {
  const what = { en: `Node ${version}`, de: `Node ${version}` }
  if (Number(version.split('.')[0]) >= NEEDED_NODE) return ok('program', what.en, what.de)
  return fail('program', {
    code: 'AP_NODE_TOO_OLD',
    details: { version },
    what,
    de: 'Answerphone braucht Node 24 oder neuer. `npm start` bringt sein eigenes mit.',
  })
}

/** What callers hear when there is no greeting of the owner's. */
export function checkPrompts(folder = join(ROOT, 'assets/prompts')): Finding {
  for (const prompt of PROMPTS) {
    try {
      readWav(readFileSync(join(folder, `${prompt}.wav`)))
    } catch (error) {
      const why = (error as Error).message
      return fail('program', {
        code: 'AP_PROMPT_MISSING',
        details: { prompt, why },
        what: { en: `prompt ${prompt}.wav: ${why}`, de: `Ansage ${prompt}.wav: ${why}` },
        de: 'Holen Sie assets/prompts aus dem Repository zurück; Anrufer hörten sonst nichts.',
      })
    }
  }
  return ok(
    'program',
    'the prompts that ship with Answerphone are there',
    'die mitgelieferten Ansagen sind da',
  )
}

export function checkPage(folder = join(ROOT, 'web/dist')): Finding {
  if (existsSync(join(folder, 'index.html')))
    return ok('program', 'the page is built', 'die Seite ist gebaut')
  return warn('program', {
    code: 'AP_PAGE_NOT_BUILT',
    what: { en: 'the page is not built', de: 'die Seite ist nicht gebaut' },
    de: 'Starten Sie mit `npm start`, das baut sie. Anrufe werden auch ohne sie angenommen.',
  })
}
