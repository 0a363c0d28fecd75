import { closeSync, openSync, readSync } from 'node:fs'
import { HEADER_BYTES, type JournalRecord, readRecord } from './record.ts'

const FIRST_READ_BYTES = 2048
const OPEN_FILES = 64

/** Reads single records out of segments. Blocks: for the saver's thread and for recovery. */
export class SegmentReader implements Disposable {
  readonly #files = new Map<string, number>()
  #buffer = Buffer.alloc(FIRST_READ_BYTES)

  /** The sound record at a place, valid until the next call; undefined: there is none. */
  read(path: string, offset: number): JournalRecord | undefined {
    const fd = this.#open(path)
    let bytes = readSync(fd, this.#buffer, 0, this.#buffer.length, offset)
    if (bytes < HEADER_BYTES) return undefined
    const length = this.#buffer.readUInt32LE(8) & 0xffffff
    if (length > bytes) {
      if (length > this.#buffer.length) this.#buffer = Buffer.alloc(length)
      bytes = readSync(fd, this.#buffer, 0, length, offset)
    }
    return readRecord(this.#buffer.subarray(0, bytes), 0, this.#buffer.readUInt32LE(0))
  }

  [Symbol.dispose](): void {
    for (const fd of this.#files.values()) closeSync(fd)
    this.#files.clear()
  }

  #open(path: string): number {
    const known = this.#files.get(path)
    if (known !== undefined) return known
    if (this.#files.size >= OPEN_FILES) this[Symbol.dispose]()
    const fd = openSync(path, 'r')
    this.#files.set(path, fd)
    return fd
  }
}
