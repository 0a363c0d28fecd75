import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock, Timer } from '../../../shared/clock.ts'
import type { Disk } from './journal-file.ts'

const RETRY_MS = 2000

export interface SegmentPoolOptions {
  readonly dir: string
  /** Segments are named `NAME-number.journal`. */
  readonly name: string
  readonly segmentBytes: number
  /** How many free segments are kept ready. */
  readonly reserve: number
  readonly clock: Clock
  readonly disk: Disk
  /** A segment came, or could not be made. */
  readonly onChange: () => void
}

/**
 * The free segments: preallocated, so that a full disk can't stop what is being recorded. The pool fills itself up to
 * the reserve ahead of need and tries again every 2 s while the disk has no room.
 */
export class SegmentPool {
  readonly #options: SegmentPoolOptions
  #free: string[]
  #nextNumber: number
  #filling = false
  #failure: unknown
  #retry: Timer | undefined
  #closed = false

  private constructor(options: SegmentPoolOptions, free: string[], nextNumber: number) {
    this.#options = options
    this.#free = free
    this.#nextNumber = nextNumber
  }

  /** Adopts the free segments that an earlier run left; what is not free waits for recovery and is not touched. */
  static async open(options: SegmentPoolOptions): Promise<SegmentPool> {
    const { dir, name, segmentBytes, disk } = options
    const free: string[] = []
    let last = 0
    for (const entry of await readdir(dir)) {
      const number = new RegExp(`^${name}-(\\d+)\\.journal$`).exec(entry)?.[1]
      if (number === undefined) continue
      last = Math.max(last, Number(number))
      const path = join(dir, entry)
      if (!(await isFree(path))) continue
      // Half made when its process died, or of another size than is wanted now.
      if ((await stat(path)).size === segmentBytes) free.push(path)
      else await disk.remove(path)
    }
    const pool = new SegmentPool(options, free, last + 1)
    void pool.#fill()
    return pool
  }

  get freeSegments(): number {
    return this.#free.length
  }

  /** Nothing is free, and nothing could be made when it was last tried. */
  get exhausted(): boolean {
    return this.#free.length === 0 && (this.#failure !== undefined || !this.#filling)
  }

  /** Why the last segment could not be made, until one can. */
  get failure(): unknown {
    return this.#failure
  }

  take(): string | undefined {
    const path = this.#free.shift()
    void this.#fill()
    return path
  }

  /** A segment's content is no longer needed. More than twice the reserve is given back to the disk. */
  give(path: string): void {
    if (this.#free.length >= 2 * this.#options.reserve) void this.#options.disk.remove(path).catch(() => {})
    else this.#free.push(path)
    if (this.#free.length >= this.#options.reserve) this.#succeed()
    this.#options.onChange()
  }

  close(): void {
    this.#closed = true
    this.#retry?.cancel()
  }

  async #fill(): Promise<void> {
    if (this.#filling || this.#retry) return
    const { dir, name, segmentBytes, reserve, disk, clock, onChange } = this.#options
    this.#filling = true
    while (this.#free.length < reserve && !this.#closed) {
      const path = join(dir, `${name}-${String(this.#nextNumber).padStart(6, '0')}.journal`)
      try {
        await disk.allocate(path, segmentBytes)
        this.#nextNumber++
        this.#free.push(path)
        this.#failure = undefined
        onChange()
      } catch (error) {
        this.#failure = error
        if (!this.#closed) this.#retry = clock.setTimer(RETRY_MS, () => this.#tryAgain())
        break
      }
    }
    this.#filling = false
    onChange()
  }

  #tryAgain(): void {
    this.#retry = undefined
    void this.#fill()
  }

  #succeed(): void {
    this.#failure = undefined
    this.#retry?.cancel()
    this.#retry = undefined
  }
}

/** Whether nothing is in a segment that anybody needs. Rejects when it can't be read. */
export async function isFree(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead < 4 || buffer.readUInt32LE(0) === 0
  } finally {
    await file.close()
  }
}
