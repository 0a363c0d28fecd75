import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { muLaw } from '../../src/media/codec/g711.ts'
import { readWav } from '../../src/media/wav/read-wav.ts'
import { run } from '../../test/helpers/processes.ts'
import { speak } from '../../test/helpers/speech.ts'

/** What a caller says: its µ-law, and when each of its words is over, from the beginning. */
export interface Script {
  readonly ulaw: Uint8Array
  /** By so many words a writer may err, and still be taken to have written this one. */
  readonly slack: number
  readonly words: readonly { readonly text: string; readonly endMs: number }[]
}

const SAID = 'The garden party is tomorrow at seven. Please call me back about the flowers and the cake.'
const RATE = 8000

/** Speech by flite. When its words are over pocketsphinx says, which has all of it to look at then. */
export async function spokenSentences(): Promise<Script> {
  const { ulaw, wav } = await speak(SAID, { padSeconds: 0.9, times: 3 })
  const { samples } = readWav(readFileSync(wav))
  const twice = join(mkdtempSync(join(tmpdir(), 'live-words-')), 'twice.raw')
  writeFileSync(
    twice,
    Int16Array.from({ length: samples.length * 2 }, (_, at) => samples[at >> 1] ?? 0),
  )
  const wide = twice.replace('.raw', '.wav')
  await run('sox', ['-t', 'raw', '-r', '16000', '-e', 'signed', '-b', '16', '-c', '1', twice, wide])
  const timed = await run('pocketsphinx_continuous', ['-infile', wide, '-time', 'yes', '-logfn', '/dev/null'])
  const words = [...timed.matchAll(/^([a-z']+)(?:\(\d\))? [\d.]+ ([\d.]+) [\d.]+$/gm)].map(
    ([, text = '', end]) => ({ text, endMs: Number(end) * 1000 }),
  )
  return { ulaw: readFileSync(ulaw), words, slack: 2 }
}

/** A deep sound, a pause, a sharp sound, a pause, and so on: each is a word of our tiny model, and counts as over when it has begun for a frame. */
export function twoSounds(): Script {
  const [soundMs, pauseMs, count, frameMs] = [300, 200, 40, 40]
  const pcm = new Int16Array((count * (soundMs + pauseMs) * RATE) / 1000)
  const words = Array.from({ length: count }, (_, n) => {
    const from = (n * (soundMs + pauseMs) * RATE) / 1000
    const hz = n % 2 === 0 ? 440 : 2600
    for (let at = 0; at < (soundMs * RATE) / 1000; at++)
      pcm[from + at] = Math.round(8000 * Math.sin((2 * Math.PI * hz * at) / RATE))
    return { text: n % 2 === 0 ? 'ah' : 'sh', endMs: n * (soundMs + pauseMs) + frameMs }
  })
  const ulaw = new Uint8Array(pcm.length)
  muLaw.encode(pcm, ulaw)
  return { ulaw, words, slack: 0 }
}
