import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ListeningModel } from '../../../src/sherpa/models/speech-model.ts'
import { type Node, type Port, type Tensor, writeOnnx } from './write-onnx.ts'

/** Bands of the features that sherpa-onnx makes, spread over 0 to 8 kHz as ears hear them. */
const BANDS = 80
/** Frames of 10 ms that make one of what it says. */
const FRAMES = 4
/** What it knows: a deep sound (up to 700 Hz), a sharp one (2 to 4 kHz), and nothing. */
const TOKENS = ['▁ah', '▁sh', '<blk>']
/** Log energy of its loudest band under which it hears nothing: what telephones put into a pause is below. */
const QUIET = -5
/** The bands of each token. */
const EARS = { deep: [2, 24], sharp: [46, 60] } as const

/** (batch, bands, frames) → (batch, frames / 4, tokens): how loud the loudest band of each token is. */
const listening: readonly Node[] = [
  {
    ...{ op: 'AveragePool', inputs: ['sound'], outputs: ['pooled'] },
    ints: { kernel_shape: [FRAMES], strides: [FRAMES] },
  },
  ...Object.keys(EARS).flatMap((ear): Node[] => [
    { op: 'Slice', inputs: ['pooled', `${ear}-from`, `${ear}-to`, 'axis'], outputs: [`${ear}-bands`] },
    { op: 'ReduceMax', inputs: [`${ear}-bands`], outputs: [ear], ints: { axes: [1], keepdims: 1 } },
  ]),
  { op: 'Mul', inputs: ['deep', 'nothing'], outputs: ['silence'] },
  { op: 'Add', inputs: ['silence', 'quiet'], outputs: ['pause'] },
  { op: 'Concat', inputs: [...Object.keys(EARS), 'pause'], outputs: ['heard'], ints: { axis: 1 } },
  { op: 'Transpose', inputs: ['heard'], outputs: ['scores'], ints: { perm: [0, 2, 1] } },
]
const whole64 = (name: string, value: number): Tensor => ({
  ...{ name, shape: [1], values: BigInt64Array.of(BigInt(value)) },
})
const weights: readonly Tensor[] = [
  ...Object.entries(EARS).flatMap(([ear, [from, to]]) => [
    whole64(`${ear}-from`, from),
    whole64(`${ear}-to`, to),
  ]),
  whole64('axis', 1),
  { name: 'nothing', shape: [1], values: Float32Array.of(0) },
  { name: 'quiet', shape: [1], values: Float32Array.of(QUIET) },
]
const sound: Port = { name: 'sound', type: 'float', shape: ['batch', BANDS, 'frames'] }
const length: Port = { name: 'length', type: 'int64', shape: ['batch'] }
const scores: Port = { name: 'scores', type: 'float', shape: ['batch', 'steps', TOKENS.length] }

/** As NeMo's CTC models are exported for messages that are over. */
const whole = () =>
  writeOnnx({
    inputs: [sound, length],
    outputs: [scores],
    nodes: listening,
    tensors: weights,
    metadata: {
      ...{ model_type: 'EncDecCTCModelBPE', vocab_size: TOKENS.length - 1, subsampling_factor: FRAMES },
      normalize_type: 'NA',
    },
  })

/** As NeMo's cache-aware CTC models are exported for live sound. Its caches are there and hold nothing. */
function streaming(): Buffer {
  const caches: readonly Port[] = [
    { name: 'channel', type: 'float', shape: ['batch', 1, 1, 1] },
    { name: 'time', type: 'float', shape: ['batch', 1, 1, 1] },
    { name: 'channel_length', type: 'int64', shape: ['batch'] },
  ]
  const next = (name: string) => `next_${name}`
  const passed = [length, ...caches]
  return writeOnnx({
    inputs: [sound, ...passed],
    outputs: [scores, ...passed.map((one) => ({ ...one, name: next(one.name) }))],
    nodes: [
      ...listening,
      ...passed.map(({ name }) => ({ op: 'Identity', inputs: [name], outputs: [next(name)] })),
    ],
    tensors: weights,
    metadata: {
      ...{ model_type: 'EncDecHybridRNNTCTCBPEModel', vocab_size: TOKENS.length - 1 },
      ...{ window_size: 16, chunk_shift: 16, subsampling_factor: FRAMES, normalize_type: 'NA' },
      ...{ cache_last_channel_dim1: 1, cache_last_channel_dim2: 1, cache_last_channel_dim3: 1 },
      ...{ cache_last_time_dim1: 1, cache_last_time_dim2: 1, cache_last_time_dim3: 1 },
    },
  })
}

/**
 * Writes a model for sherpa-onnx into a folder, of a few kilobytes: it says "ah" of deep sounds and "sh" of sharp ones. No real model
 * can stand in this repository; this one goes through all that they go through.
 */
export function writeTinySpeechModel(folder: string, kind: 'streaming' | 'whole'): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'model.onnx'), kind === 'streaming' ? streaming() : whole())
  writeFileSync(join(folder, 'tokens.txt'), TOKENS.map((token, id) => `${token} ${id}\n`).join(''))
}

/** The same, as our engine is told of it. */
export const tinyModel = (folder: string, kind: 'streaming' | 'whole'): ListeningModel => ({
  kind: kind === 'streaming' ? 'streaming-nemo-ctc' : 'nemo-ctc',
  parts: { model: join(folder, 'model.onnx') },
  tokens: join(folder, 'tokens.txt'),
})
