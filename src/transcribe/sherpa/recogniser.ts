import { systemClock } from '../../shared/clock.ts'
import { LISTENING_KINDS, type ListeningModel } from '../../sherpa/models/speech-model.ts'
import {
  ENGINE,
  type OfflineRecognizer,
  type OnlineRecognizer,
  type SherpaOnnx,
} from '../../sherpa/sherpa-onnx.ts'
import { placeLive } from '../place-texts.ts'
import { SpeechStretches } from '../speech-stretches.ts'
import type { Heard } from '../transcriber.ts'
import { type Utterance, Utterances } from '../utterances.ts'
import { SAMPLE_RATE } from './messages.ts'

/** Listens to one sound. */
export interface Ear {
  hear(pcm: Int16Array): Heard[]
  /** What is left at the end. */
  finish(): Heard[]
}

/** A model that is loaded, and can listen to several sounds at once. */
export type OpenEar = (isLive: boolean) => Ear

const FEATURES = { sampleRate: SAMPLE_RATE, featureDim: 80 }
/** Who pauses so long has ended a sentence. */
const PAUSE_S = 0.8
/** Who speaks without a pause is cut off. */
const LONGEST_S = 20
/** By so much a sentence grows before one that hears whole ones hears it anew. */
const GROWTH_MS = 500
/** Hearing what grows takes this part of the time at most; a slow model shows less of it, and keeps up. */
const SHARE = 1 / 3
/** Models hear in pieces: so much silence has the last of them whole. */
const TAIL_MS = 1500

/** Loads a model. What it does not like of one ends the process, and is on its standard error: so it is. */
export function openRecogniser(
  { OnlineRecognizer, OfflineRecognizer }: SherpaOnnx,
  model: ListeningModel,
  language: string | null,
): OpenEar {
  const modelConfig = { ...ENGINE, tokens: model.tokens, ...configOf(model, language) }
  if (!LISTENING_KINDS[model.kind].isStreaming) {
    const recognizer = new OfflineRecognizer({ featConfig: FEATURES, modelConfig })
    return (isLive) => wholeEar(recognizer, isLive)
  }
  const recognizer = new OnlineRecognizer({
    featConfig: FEATURES,
    modelConfig,
    decodingMethod: 'greedy_search',
    ...{ enableEndpoint: true, rule1MinTrailingSilence: LONGEST_S },
    ...{ rule2MinTrailingSilence: PAUSE_S, rule3MinUtteranceLength: LONGEST_S },
  })
  return () => streamingEar(recognizer)
}

/** As sherpa-onnx wants to be told of a model. */
function configOf({ kind, parts }: ListeningModel, language: string | null): object {
  const spoken = language?.split('-')[0] ?? ''
  switch (kind) {
    case 'streaming-transducer':
    case 'transducer':
      return { transducer: parts }
    case 'nemo-transducer':
      return { transducer: parts, modelType: 'nemo_transducer' }
    case 'streaming-zipformer-ctc':
      return { zipformer2Ctc: parts }
    case 'zipformer-ctc':
      return { zipformerCtc: parts }
    case 'streaming-nemo-ctc':
    case 'nemo-ctc':
      return { nemoCtc: parts }
    case 'whisper':
      return { whisper: { ...parts, language: spoken, task: 'transcribe' } }
    case 'sense-voice':
      return { senseVoice: { ...parts, language: spoken || 'auto', useInverseTextNormalization: 1 } }
  }
}

function streamingEar(recognizer: OnlineRecognizer): Ear {
  const stream = recognizer.createStream()
  const stretches = new SpeechStretches(SAMPLE_RATE)
  let saidTo = 0
  let partial = ''

  function listen(): Heard[] {
    const heard: Heard[] = []
    while (recognizer.isReady(stream)) {
      recognizer.decode(stream)
      if (!recognizer.isEndpoint(stream)) continue
      heard.push(...sentence())
      recognizer.reset(stream)
    }
    const text = readable(recognizer.getResult(stream).text)
    if (text !== '' && text !== partial) heard.push({ kind: 'partial', text })
    partial = text
    return heard
  }

  function sentence(): Heard[] {
    const text = readable(recognizer.getResult(stream).text)
    if (text === '') return []
    const segment = placeLive({ text }, saidTo, stretches)
    saidTo = segment.endMs
    return [{ kind: 'segment', segment }]
  }

  return {
    hear(pcm) {
      stretches.hear(pcm)
      stream.acceptWaveform({ samples: samplesOf(pcm), sampleRate: SAMPLE_RATE })
      return listen()
    },
    finish() {
      const silence = new Float32Array((TAIL_MS * SAMPLE_RATE) / 1000)
      stream.acceptWaveform({ samples: silence, sampleRate: SAMPLE_RATE })
      stream.inputFinished()
      const segments = listen().filter(({ kind }) => kind === 'segment')
      return [...segments, ...sentence()]
    },
  }
}

function wholeEar(recognizer: OfflineRecognizer, isLive: boolean): Ear {
  const utterances = new Utterances(SAMPLE_RATE, GROWTH_MS)
  let language = ''
  /** No part of a sentence is heard before so much more sound has come. */
  let restMs = 0

  function write({ pcm, startMs, isWhole }: Utterance): Heard[] {
    const stream = recognizer.createStream()
    stream.acceptWaveform({ samples: samplesOf(pcm), sampleRate: SAMPLE_RATE })
    recognizer.decode(stream)
    const { text: written, lang = '' } = recognizer.getResult(stream)
    const text = readable(written)
    const heard: Heard[] = []
    // SenseVoice writes `<|en|>`.
    const spoken = lang.replace(/[<|>]/g, '')
    if (isWhole && spoken !== '' && spoken !== language) {
      language = spoken
      heard.push({ kind: 'language', language })
    }
    if (!isWhole) heard.push({ kind: 'partial', text })
    else if (text !== '') {
      const endMs = startMs + Math.round((pcm.length * 1000) / SAMPLE_RATE)
      heard.push({ kind: 'segment', segment: { text, startMs, endMs } })
    }
    return heard
  }

  return {
    hear(pcm) {
      restMs -= (pcm.length * 1000) / SAMPLE_RATE
      const utterance = utterances.hear(pcm)
      if (!utterance || (!utterance.isWhole && (!isLive || restMs > 0))) return []
      const beganAt = systemClock.monotonic()
      const heard = write(utterance)
      restMs = (systemClock.monotonic() - beganAt) / SHARE
      return heard
    },
    finish() {
      const last = utterances.finish()
      return last ? write(last) : []
    },
  }
}

const samplesOf = (pcm: Int16Array) => Float32Array.from(pcm, (sample) => sample / 32_768)

/** Many models know capitals only. */
function readable(text: string): string {
  const trimmed = text.trim()
  return trimmed === trimmed.toUpperCase() ? trimmed.toLowerCase() : trimmed
}
