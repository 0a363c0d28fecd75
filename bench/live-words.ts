import { join } from 'node:path'
import { startMachine } from '../test/helpers/running-machine.ts'
import { installAsIs } from '../test/helpers/speech-model/install-as-is.ts'
import { writeTinySpeechModel } from '../test/helpers/speech-model/tiny-speech-model.ts'
import { percentile } from './calls/percentile.ts'
import { openTable } from './calls/table.ts'
import { sayAndRead } from './live-words/say-and-read.ts'
import { spokenSentences, twoSounds } from './live-words/scripts.ts'

/**
 * How far behind the words are that are read along: from when the last of a word left the caller to when the events of the API, by which the page
 * lives, have it. A caller speaks by flite, and Debian's pocketsphinx writes (`examples/pocketsphinx-live.py`); a caller makes two sounds, and
 * sherpa-onnx writes with the tiny model of our own: there the way of the sound is measured, and no model's thinking. `node bench/live-words.ts`
 */
const EAR = `/usr/bin/python3 ${join(import.meta.dirname, '../examples/pocketsphinx-live.py')}`
const CALLS = 3

const row = openTable('Words behind what is said, ms', ['writer', 'words', 'never', 'median', 'p95', 'max'])
const writers = [
  {
    name: 'pocketsphinx',
    script: await spokenSentences(),
    setUp: ['transcription', 'set', '--rate', '8000', '--command', EAR],
  },
  { name: 'sherpa-onnx', script: twoSounds(), setUp: ['models', 'use', 'tiny'] },
]
for (const { name, script, setUp } of writers) {
  await using machine = await startMachine()
  await machine.line('home', { ringSeconds: 0 })
  await installAsIs(machine.data, 'tiny', (folder) => writeTinySpeechModel(folder, 'streaming'))
  await machine.cli(...setUp)
  const behind: number[] = []
  let never = 0
  for (let call = 0; call < CALLS; call++)
    for (const ms of await sayAndRead(machine, script))
      if (ms === undefined) never++
      else behind.push(ms)
  const figures = [percentile(behind, 0.5), percentile(behind, 0.95), Math.max(...behind)].map(Math.round)
  row(name, behind.length, never, ...figures)
}
