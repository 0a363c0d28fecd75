import { placeTexts } from '../place-texts.ts'
import { SpeechStretches } from '../speech-stretches.ts'
import type { Heard, Listening, Transcriber } from '../transcriber.ts'
import { Utterances } from '../utterances.ts'
import { postAudio, type ServerAccount } from './post-audio.ts'

const SAMPLE_RATE = 16_000
/** By so much a sentence grows before it is posted anew: each time is paid for. */
const GROWTH_MS = 1000
/** OpenAI takes 25 MB: 13 minutes. A longer message goes in pieces. */
const LONGEST_PIECE_MS = 600_000

/**
 * Speech to text by a server that does as OpenAI's. A message is posted as a whole; while it is left, each sentence at
 * the pause after it, and before that what there is of it.
 */
export function serverTranscriber(account: ServerAccount): Transcriber {
  return {
    name: `server ${account.model}`,
    sampleRate: SAMPLE_RATE,
    isLive: true,
    hearsAgain: true,
    listen: (sound, listening) =>
      listening.isLive ? listenLive(account, sound, listening) : listenWhole(account, sound, listening),
  }
}

async function* listenWhole(
  account: ServerAccount,
  sound: AsyncIterable<Int16Array>,
  listening: Listening,
): AsyncGenerator<Heard> {
  let startMs = 0
  for await (const pcm of piecesOf(sound)) {
    yield* post(account, pcm, startMs, listening)
    startMs += (pcm.length * 1000) / SAMPLE_RATE
  }
  listening.signal.throwIfAborted()
}

async function* piecesOf(sound: AsyncIterable<Int16Array>): AsyncGenerator<Int16Array> {
  const most = (LONGEST_PIECE_MS * SAMPLE_RATE) / 1000
  let pieces: Int16Array[] = []
  let samples = 0
  for await (const pcm of sound) {
    pieces.push(pcm.slice())
    samples += pcm.length
    if (samples < most) continue
    yield joined(pieces, samples)
    pieces = []
    samples = 0
  }
  if (samples > 0) yield joined(pieces, samples)
}

function joined(pieces: readonly Int16Array[], samples: number): Int16Array {
  const pcm = new Int16Array(samples)
  let at = 0
  for (const piece of pieces) {
    pcm.set(piece, at)
    at += piece.length
  }
  return pcm
}

async function* post(
  account: ServerAccount,
  pcm: Int16Array,
  startMs: number,
  listening: Listening,
): AsyncGenerator<Heard> {
  const { text, segments, language } = await postAudio(account, { pcm, sampleRate: SAMPLE_RATE }, listening)
  if (language !== undefined) yield { kind: 'language', language }
  for (const segment of segments ?? placed(text, pcm)) {
    const from = Math.round(startMs)
    yield {
      kind: 'segment',
      segment: { ...segment, startMs: from + segment.startMs, endMs: from + segment.endMs },
    }
  }
}

/** A server that tells no times: sentence by sentence, over the time in which somebody speaks. */
function placed(text: string, pcm: Int16Array) {
  const speech = new SpeechStretches(SAMPLE_RATE)
  speech.hear(pcm)
  const sentences = text.match(/[^.!?…]+[.!?…]*\s*/gu) ?? []
  return placeTexts(
    sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== ''),
    speech.all,
    speech.heardMs,
  )
}

async function* listenLive(
  account: ServerAccount,
  sound: AsyncIterable<Int16Array>,
  listening: Listening,
): AsyncGenerator<Heard> {
  const utterances = new Utterances(SAMPLE_RATE, GROWTH_MS)
  /** One at a time is on its way: of what grows meanwhile only the latest is posted. */
  let waiting: Heard[] = []
  let posting: Promise<void> | undefined
  let failure: unknown
  const take = () => {
    const heard = waiting
    waiting = []
    return heard
  }
  const tryPartial = (pcm: Int16Array) => {
    posting ??= postAudio(account, { pcm, sampleRate: SAMPLE_RATE }, listening)
      .then(({ text }) => void waiting.push({ kind: 'partial', text }))
      .catch((error: unknown) => {
        failure = error
      })
      .finally(() => {
        posting = undefined
      })
  }
  const sentences = async function* (): AsyncGenerator<Heard> {
    for await (const pcm of sound) {
      const utterance = utterances.hear(pcm.slice())
      yield* take()
      if (failure !== undefined) throw failure
      if (utterance && !utterance.isWhole) tryPartial(utterance.pcm)
      if (utterance?.isWhole) yield* finish(utterance)
    }
    listening.signal.throwIfAborted()
    const last = utterances.finish()
    if (last) yield* finish(last)
  }
  const finish = async function* ({ pcm, startMs }: { pcm: Int16Array; startMs: number }) {
    // What it was taken for while it grew is of no use any more.
    await posting
    waiting = []
    if (failure !== undefined) throw failure
    yield* post(account, pcm, startMs, listening)
  }
  yield* sentences()
}
