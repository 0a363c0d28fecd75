import { endianness } from 'node:os'
import { getSystemErrorName } from 'node:util'

/** The calls of libc that a UDP socket is made of. Buffers stand for pointers; a call fails with −1 and `error`. */
export interface Libc {
  socket(family: number, type: number, protocol: number): number
  bind(fd: number, address: Buffer, byteCount: number): number
  getsockname(fd: number, address: Buffer, byteCount: Buffer): number
  setsockopt(fd: number, level: number, name: number, value: Buffer, byteCount: number): number
  sendto(fd: number, bytes: Buffer, count: number, flags: number, to: Buffer, toBytes: number): number
  recvmmsg(fd: number, headers: Buffer, count: number, flags: number, timeout: null): number
  close(fd: number): number
  /** Where a buffer's memory is; it stays there for as long as the buffer is held. */
  addressOf(buffer: Buffer): bigint
  /** The error of the last call that failed, by the name of its errno. */
  error(): NodeJS.ErrnoException
}

/**
 * libc through koffi, or undefined where it can't be had or where structures are laid out differently from what
 * datagram-batch.ts writes: anything but 64-bit little-endian Linux.
 */
export async function loadLibc(): Promise<Libc | undefined> {
  const wide = process.arch === 'x64' || process.arch === 'arm64'
  if (process.platform !== 'linux' || !wide || endianness() !== 'LE') return undefined
  try {
    const { default: koffi } = await import('koffi')
    const libc = koffi.load(null)
    return {
      socket: libc.func('int socket(int, int, int)'),
      bind: libc.func('int bind(int, void *, uint32_t)'),
      getsockname: libc.func('int getsockname(int, void *, void *)'),
      setsockopt: libc.func('int setsockopt(int, int, int, void *, uint32_t)'),
      sendto: libc.func('long sendto(int, void *, size_t, int, void *, uint32_t)'),
      recvmmsg: libc.func('int recvmmsg(int, void *, uint32_t, int, void *)'),
      close: libc.func('int close(int)'),
      addressOf: (buffer) => koffi.address(buffer),
      error() {
        const errno = koffi.errno()
        const code = getSystemErrorName(-errno)
        return Object.assign(new Error(code), { code, errno })
      },
    }
  } catch {
    return undefined
  }
}
