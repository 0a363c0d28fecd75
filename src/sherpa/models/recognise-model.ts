import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readOnnxMetadata } from './onnx-metadata.ts'
import { recogniseVoice } from './recognise-voice.ts'
import {
  LISTENING_KINDS,
  type ListeningKind,
  type ModelPart,
  type SpeechModel,
  type Wrong,
} from './speech-model.ts'

const TOKENS = /(?:^|[/-])tokens\.txt$/
const PARTS = ['encoder', 'decoder', 'joiner'] as const

/** Says which model lies in a folder, or in a folder in it: by the names of its files, and by what stands in them. */
export async function recogniseModel(folder: string): Promise<SpeechModel | Wrong> {
  const files = (await readdir(folder, { recursive: true })).sort()
  const tokens = files.find((file) => TOKENS.test(file))
  if (tokens === undefined) return { wrong: 'it has no tokens.txt' }
  const beside = files.filter((file) => dirname(file) === dirname(tokens) && file.endsWith('.onnx'))
  if (beside.length === 0) return { wrong: 'it has no .onnx file beside its tokens.txt' }
  const found = choosePart(beside, 'encoder') ?? choosePart(beside, 'model')
  if (found === undefined) return { wrong: 'it has no encoder and no model' }
  const metadata = await readOnnxMetadata(join(folder, found))
  if (!metadata) return { wrong: `${found} is no ONNX file, or a broken one` }
  const hasJoiner = choosePart(beside, 'joiner') !== undefined
  const shape = hasJoiner ? 'joined' : choosePart(beside, 'encoder') ? 'paired' : 'alone'
  if (shape === 'alone' && metadata.get('model_type') === 'vits')
    return recogniseVoice({ folder, files, tokens, models: beside, metadata })
  const kind = kindOf(metadata, shape)
  if (!kind) {
    const says = metadata.get('model_type') ?? 'nothing'
    return { wrong: `it is of a kind that is not known here (${found} says of itself: ${says.slice(0, 60)})` }
  }
  const parts: Partial<Record<ModelPart, string>> = {}
  for (const part of LISTENING_KINDS[kind].parts) {
    const file = choosePart(beside, part)
    if (file === undefined) return { wrong: `it has no ${part}` }
    parts[part] = join(folder, file)
  }
  return { kind, parts, tokens: join(folder, tokens) }
}

/** Of a file that is there whole and with small numbers (int8), the small one; but decoders are small anyhow, and err less whole. */
function choosePart(files: readonly string[], part: ModelPart): string | undefined {
  const named = files.filter((file) =>
    part === 'model' ? !PARTS.some((other) => file.includes(other)) : file.includes(part),
  )
  const isSmall = (file: string) => /int8/.test(file)
  return named.find((file) => isSmall(file) === (part !== 'decoder')) ?? named[0]
}

/** @param shape which files there are: encoder, decoder and joiner; encoder and decoder; or one */
function kindOf(
  metadata: ReadonlyMap<string, string>,
  shape: 'joined' | 'paired' | 'alone',
): ListeningKind | undefined {
  const type = metadata.get('model_type') ?? ''
  // NeMo's models have names of classes. What hears piece by piece says how long the pieces are.
  const isNemo = type.startsWith('EncDec')
  const isStreaming = metadata.has(isNemo ? 'chunk_shift' : 'decode_chunk_len')
  const isKaldi = /^(?:zipformer2?|conformer|lstm|ebranchformer)$/.test(type)
  if (shape === 'joined' && (isNemo || isKaldi))
    return isStreaming ? 'streaming-transducer' : isNemo ? 'nemo-transducer' : 'transducer'
  if (shape === 'paired') return type.startsWith('whisper') ? 'whisper' : undefined
  if (shape !== 'alone') return undefined
  if (isNemo) return isStreaming ? 'streaming-nemo-ctc' : 'nemo-ctc'
  if (/^zipformer2(?:_ctc)?$/.test(type)) return isStreaming ? 'streaming-zipformer-ctc' : 'zipformer-ctc'
  return type.startsWith('sense_voice') ? 'sense-voice' : undefined
}
