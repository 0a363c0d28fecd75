import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WAV_HEADER_BYTES, wavHeader } from '../../media/wav/wav-header.ts'
import { placeLive, placeTexts } from '../place-texts.ts'
import { SpeechStretches } from '../speech-stretches.ts'
import type { Heard, Listening, Transcriber } from '../transcriber.ts'
import { readLine, type Said } from './read-line.ts'
import { type CommandRun, runCommand } from './run-command.ts'

/** Says that a command wants a file, and not the sound as it comes. */
const WANTS_FILE = /\$(?:WAV\b|\{WAV\})/

/**
 * Speech to text by a command of the shell, a process for each message (docs/transcription.md has the protocol): it reads
 * 16-bit little-endian mono PCM on its standard input, or a WAV file where it names `$WAV`, and writes lines.
 */
export function commandTranscriber(command: string, sampleRate: number): Transcriber {
  const wantsFile = WANTS_FILE.test(command)
  return {
    name: 'command',
    sampleRate,
    isLive: !wantsFile,
    hearsAgain: false,
    async *listen(sound, listening) {
      const stretches = new SpeechStretches(sampleRate)
      if (!wantsFile) return yield* hear(sound, stretches, start(command, sampleRate, listening), listening)
      await using file = await writeSound(sound, sampleRate, stretches)
      const run = start(command, sampleRate, listening, { WAV: file.path })
      run.endInput()
      yield* hear(undefined, stretches, run, listening)
    },
  }
}

const start = (
  command: string,
  sampleRate: number,
  { language, isLive, signal }: Listening,
  more: Readonly<Record<string, string>> = {},
): CommandRun =>
  runCommand(command, {
    signal,
    env: {
      ANSWERPHONE_SAMPLE_RATE: String(sampleRate),
      ANSWERPHONE_LANGUAGE: language ?? '',
      ANSWERPHONE_LIVE: isLive ? '1' : '0',
      ...more,
    },
  })

async function* hear(
  sound: AsyncIterable<Int16Array> | undefined,
  stretches: SpeechStretches,
  run: CommandRun,
  { isLive }: Listening,
): AsyncGenerator<Heard> {
  const fed = sound && feed(sound, stretches, run)
  // Whoever waits for the lines hears of it.
  fed?.catch(() => undefined)
  /** Texts of which nobody said where they stand: they are placed when all has been heard. */
  let unplaced: string[] = []
  let saidTo = 0
  for await (const line of run.lines) {
    const said = readLine(line)
    if (!said) continue
    if (said.kind !== 'text') {
      yield said
      continue
    }
    const isPlaced = said.startMs !== undefined
    if (!isPlaced && !isLive) {
      unplaced.push(said.text)
      continue
    }
    const segment = isPlaced ? placed(said, saidTo) : placedLive(said, saidTo, stretches)
    saidTo = segment.endMs
    yield { kind: 'segment', segment }
  }
  await fed
  const segments = placeTexts(unplaced, stretches.all, stretches.heardMs)
  unplaced = []
  for (const segment of segments) yield { kind: 'segment', segment }
}

async function feed(
  sound: AsyncIterable<Int16Array>,
  stretches: SpeechStretches,
  run: CommandRun,
): Promise<void> {
  try {
    for await (const pcm of sound) {
      stretches.hear(pcm)
      await run.write(pcm)
    }
  } finally {
    run.endInput()
  }
}

type Text = Said & { readonly kind: 'text' }

/** A line follows what it says by a moment. */
const placedLive = ({ kind: _, ...said }: Text, saidTo: number, stretches: SpeechStretches) =>
  placeLive(said, saidTo, stretches)

const placed = ({ kind: _, startMs = 0, endMs = startMs, ...said }: Text, saidTo: number) => {
  const from = Math.max(startMs, saidTo)
  return { ...said, startMs: from, endMs: Math.max(from, endMs) }
}

/** The sound as a WAV file, which is gone once it is disposed of. */
async function writeSound(sound: AsyncIterable<Int16Array>, sampleRate: number, stretches: SpeechStretches) {
  const folder = await mkdtemp(join(tmpdir(), 'answerphone-heard-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  const path = join(folder, 'message.wav')
  try {
    await using file = await open(path, 'w', 0o600)
    let at = WAV_HEADER_BYTES
    for await (const pcm of sound) {
      stretches.hear(pcm)
      await file.write(pcm, 0, pcm.byteLength, at)
      at += pcm.byteLength
    }
    await file.write(wavHeader(sampleRate, (at - WAV_HEADER_BYTES) / 2), 0, WAV_HEADER_BYTES, 0)
  } catch (error) {
    await remove()
    throw error
  }
  return { path, [Symbol.asyncDispose]: remove }
}
