import { type FileHandle, open } from 'node:fs/promises'

/** Of ModelProto in onnx.proto: a list of keys with values. All else, the gigabytes of its graph with it, is passed over. */
const METADATA_FIELD = 14
const KEY_FIELD = 1
const VALUE_FIELD = 2
/** A key with its value; those of models are numbers and names. */
const LONGEST_ENTRY = 64_000
const MOST_FIELDS = 10_000
/** A tag and a length, both as varints. */
const HEADER_BYTES = 20

/** What stands in a model about itself. Undefined: the file is no ONNX. */
export async function readOnnxMetadata(path: string): Promise<ReadonlyMap<string, string> | undefined> {
  await using file = await open(path)
  const { size } = await file.stat()
  const metadata = new Map<string, string>()
  let at = 0
  for (let count = 0; at < size; count++) {
    const field = readField(await readAt(file, at, HEADER_BYTES))
    if (!field || count > MOST_FIELDS) return undefined
    const from = at + field.headerBytes
    at = from + field.bytes
    if (at > size) return undefined
    if (field.number !== METADATA_FIELD || field.bytes > LONGEST_ENTRY) continue
    const entry = readEntry(await readAt(file, from, field.bytes))
    if (entry) metadata.set(...entry)
  }
  return at > 0 ? metadata : undefined
}

interface Field {
  readonly number: number
  readonly headerBytes: number
  /** Of what follows the header. */
  readonly bytes: number
}

/** The beginning of a field of protobuf. */
function readField(bytes: Uint8Array): Field | undefined {
  const tag = readVarint(bytes, 0)
  if (!tag) return undefined
  const number = Math.floor(tag.value / 8)
  switch (tag.value % 8) {
    case 0: {
      const value = readVarint(bytes, tag.next)
      return value && { number, headerBytes: value.next, bytes: 0 }
    }
    case 1:
      return { number, headerBytes: tag.next, bytes: 8 }
    case 2: {
      const length = readVarint(bytes, tag.next)
      return length && { number, headerBytes: length.next, bytes: length.value }
    }
    case 5:
      return { number, headerBytes: tag.next, bytes: 4 }
    default:
      return undefined
  }
}

function readVarint(bytes: Uint8Array, from: number): { value: number; next: number } | undefined {
  let value = 0
  for (let n = 0; n < 10; n++) {
    const byte = bytes[from + n]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** (7 * n)
    if (byte < 0x80) return { value, next: from + n + 1 }
  }
  return undefined
}

/** StringStringEntryProto. */
function readEntry(bytes: Buffer): [key: string, value: string] | undefined {
  let key: string | undefined
  let value = ''
  for (let at = 0; at < bytes.length; ) {
    const field = readField(bytes.subarray(at))
    if (!field) return undefined
    const from = at + field.headerBytes
    at = from + field.bytes
    if (field.number === KEY_FIELD) key = bytes.toString('utf8', from, at)
    if (field.number === VALUE_FIELD) value = bytes.toString('utf8', from, at)
  }
  return key === undefined ? undefined : [key, value]
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, at)
  return bytes.subarray(0, bytesRead)
}
