/** Bytes of protobuf, as far as ONNX needs them. */
type Field = readonly [number: number, value: number | string | Uint8Array]

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return [...bytes, rest]
}

function proto(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.map(([number, value]) => {
      if (typeof value === 'number') return Buffer.from([...varint(number * 8), ...varint(value)])
      const bytes = typeof value === 'string' ? Buffer.from(value) : value
      return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes])
    }),
  )
}

const FLOAT = 1
const INT64 = 7
const types = { float: FLOAT, int64: INT64 } as const

/** What goes into a graph or comes out; a name as dimension: any length. */
export interface Port {
  readonly name: string
  readonly type: keyof typeof types
  readonly shape: readonly (number | string)[]
}

export interface Node {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly ints?: Readonly<Record<string, number | readonly number[]>>
}

export interface Tensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array | BigInt64Array
}

const port = ({ name, type, shape }: Port) => {
  const dims = shape.map((dim): Field => [1, proto(typeof dim === 'number' ? [1, dim] : [2, dim])])
  return proto([1, name], [2, proto([1, proto([1, types[type]], [2, proto(...dims)])])])
}

const node = ({ op, inputs, outputs, ints = {} }: Node) =>
  proto(
    ...inputs.map((name): Field => [1, name]),
    ...outputs.map((name): Field => [2, name]),
    [4, op],
    ...Object.entries(ints).map(
      ([name, value]): Field => [
        5,
        typeof value === 'number'
          ? proto([1, name], [3, value], [20, 2])
          : proto([1, name], ...value.map((one): Field => [8, one]), [20, 7]),
      ],
    ),
  )

const tensor = ({ name, shape, values }: Tensor) =>
  proto(
    ...shape.map((dim): Field => [1, dim]),
    [2, values instanceof Float32Array ? FLOAT : INT64],
    [8, name],
    [9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)],
  )

/** A model as ONNX has it (onnx.proto), of opset 13. */
export function writeOnnx(model: {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  readonly nodes: readonly Node[]
  readonly tensors: readonly Tensor[]
  readonly metadata: Readonly<Record<string, string | number>>
}): Buffer {
  const graph = proto(
    ...model.nodes.map((one): Field => [1, node(one)]),
    [2, 'tiny'],
    ...model.tensors.map((one): Field => [5, tensor(one)]),
    ...model.inputs.map((one): Field => [11, port(one)]),
    ...model.outputs.map((one): Field => [12, port(one)]),
  )
  return proto(
    [1, 8],
    [2, 'answerphone'],
    [7, graph],
    [8, proto([1, ''], [2, 13])],
    ...Object.entries(model.metadata).map(([key, value]): Field => [14, proto([1, key], [2, String(value)])]),
  )
}
