import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract, type Unpack } from 'tar'
import unbzip2 from 'unbzip2-stream'

export interface Unpacked {
  /** Of the archive as it came, in hex. */
  readonly sha256: string
  /** Of all files together. */
  readonly bytes: number
}

/** Why an archive is not unpacked, for people. */
export class UnfitArchive extends Error {}

/** The largest models for our kind of machine have 2 GB. */
export const MOST_BYTES = 4_000_000_000
const MOST_ENTRIES = 2000
/** What a model needs, and who made it. The recordings that come along are of no use here. */
const WANTED = /\.(?:onnx|txt|data|weights|md)$|(?:^|\/)(?:LICEN[CS]E|MODEL_CARD)$|(?:^|\/)espeak-ng-data\//i

/**
 * Unpacks a tar archive, compressed by bzip2, gzip or not, into a folder that is empty. Rejects with an UnfitArchive for one with a path that leads
 * elsewhere, a link, or more than a model can be; and with what the source fails with.
 */
export async function unpackModel(
  archive: AsyncIterable<Uint8Array>,
  folder: string,
  mostBytes = MOST_BYTES,
): Promise<Unpacked> {
  const hash = createHash('sha256')
  let packed = 0
  let bytes = 0
  let entries = 0
  let wrong: string | undefined
  const refuse = (why: string) => {
    wrong ??= why
    return false
  }
  async function* counted(source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      hash.update(chunk)
      packed += chunk.length
      if (packed > mostBytes) refuse('it is larger than any model')
      if (wrong !== undefined) throw new UnfitArchive(wrong)
      yield chunk
    }
  }
  const isWanted = (path: string, { type = '', size = 0 }: { type?: string; size?: number }) => {
    entries++
    bytes += WANTED.test(path) ? size : 0
    if (bytes > mostBytes || entries > MOST_ENTRIES) return refuse('it unpacks to more than any model has')
    if (/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(path))
      return refuse(`${path} in it leads out of it`)
    if (type === 'Directory') return true
    if (!/^(?:Old|Contiguous)?File$/.test(type)) return refuse(`${path} in it is no file`)
    return WANTED.test(path)
  }
  const [start, whole] = await peek(archive)
  const unpacking = extract({
    ...{ cwd: folder, strict: true, noMtime: true, preserveOwner: false, chmod: false },
    filter: (path, entry) => isWanted(path, entry as { type?: string; size?: number }),
  })
  try {
    await feed(plain(start, counted(whole)), unpacking)
  } catch (error) {
    if (wrong !== undefined) throw new UnfitArchive(wrong)
    // What the tools for it complain of; of a source that fails, somebody else tells.
    if (error instanceof Error && !('syscall' in error) && !(error instanceof SourceError))
      throw new UnfitArchive(`it is no whole .tar.bz2, .tar.gz or .tar (${error.message})`)
    throw error instanceof SourceError ? error.cause : error
  }
  if (wrong !== undefined) throw new UnfitArchive(wrong)
  return { sha256: hash.digest('hex'), bytes }
}

/** Resolves when all files are written: that is after the last byte has been taken. */
async function feed(chunks: AsyncIterable<Uint8Array>, unpacking: Unpack): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  unpacking.on('end', resolve)
  unpacking.on('error', reject)
  // Whoever feeds it hears of it when there is nothing left to feed.
  promise.catch(() => undefined)
  for await (const chunk of chunks)
    if (!unpacking.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)))
      await Promise.race([once(unpacking, 'drain'), promise])
  unpacking.end()
  await promise
}

/** What is in the archive, by what it begins with. */
function plain(start: Buffer, packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (start.toString('latin1', 0, 3) === 'BZh') return bunzip(packed)
  if (start[0] !== 0x1f || start[1] !== 0x8b) return packed
  // What fails before it fails it, too.
  return pipeline(Readable.from(packed), createGunzip(), () => undefined)
}

/** The decoder is a stream of an old kind, which says all that it has to say of some bytes at once. */
async function* bunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = unbzip2()
  const ready: Buffer[] = []
  let failure: Error | undefined
  decoder.on('data', (chunk: Buffer) => ready.push(chunk))
  decoder.on('error', (error: Error) => {
    failure ??= error
  })
  for await (const chunk of packed) {
    decoder.write(chunk)
    if (failure) throw failure
    yield* ready.splice(0)
  }
  decoder.end()
  if (failure) throw failure
  yield* ready.splice(0)
}

class SourceError extends Error {}

/** Its first bytes, and all of it. */
async function peek(
  archive: AsyncIterable<Uint8Array>,
): Promise<[start: Buffer, whole: AsyncIterable<Uint8Array>]> {
  const iterator = archive[Symbol.asyncIterator]()
  const first = await iterator.next()
  async function* whole() {
    for (let next = first; !next.done; ) {
      yield next.value
      try {
        next = await iterator.next()
      } catch (cause) {
        throw new SourceError('the source failed', { cause })
      }
    }
  }
  return [Buffer.from(first.done ? [] : first.value.subarray(0, 3)), whole()]
}
