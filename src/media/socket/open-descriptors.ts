const TRACKED = 65_536

/**
 * The file descriptors that a thread has open outside of Node's care, in memory that outlives the thread: whoever
 * started it closes what it left when it died, however it died.
 */
export class OpenDescriptors {
  readonly shared: SharedArrayBuffer
  readonly #open: Uint8Array

  constructor(shared = new SharedArrayBuffer(TRACKED)) {
    this.shared = shared
    this.#open = new Uint8Array(shared)
  }

  add(fd: number): void {
    this.#open[fd] = 1
  }

  /** To be called before the descriptor is closed, so that no other is closed under its number. */
  remove(fd: number): void {
    this.#open[fd] = 0
  }

  /** Forgets and returns all that are open. */
  takeAll(): number[] {
    const left: number[] = []
    for (let fd = this.#open.indexOf(1); fd >= 0; fd = this.#open.indexOf(1, fd + 1)) left.push(fd)
    this.#open.fill(0)
    return left
  }
}
