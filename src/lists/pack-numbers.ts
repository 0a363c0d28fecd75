import { NO_NUMBERS, type NumberSet } from './number-set.ts'

/**
 * A set as bytes, for the database: each sorted part as its length and the differences from one number to the next, as
 * base-128 integers, the lowest digits first; then the patterns, a line each. Two bytes for a number of a full list.
 */
export function packNumbers({ world, local, patterns, allowed }: NumberSet): Uint8Array {
  const written = new TextEncoder().encode([...patterns].join('\n'))
  const parts = [world, local, allowed]
  const bytes = new Uint8Array(
    1 + written.length + parts.reduce((sum, { length }) => sum + LONGEST * (length + 1), 0),
  )
  let at = 1
  const put = (value: number) => {
    let rest = value
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 128
    bytes[at++] = rest
  }
  bytes[0] = FORMAT
  for (const part of parts) {
    put(part.length)
    let before = 0
    for (const number of part) {
      put(number - before)
      before = number
    }
  }
  bytes.set(written, at)
  return bytes.slice(0, at + written.length)
}

const FORMAT = 1
/** Bytes that 15 digits take at most. */
const LONGEST = 8

/**
 * Reads what `packNumbers` has written. What it can't read is an empty list: it is fetched again. A million numbers are a
 * few ms of the thread that takes calls, which is why all is done in one loop.
 */
export function unpackNumbers(bytes: Uint8Array): NumberSet {
  if (bytes[0] !== FORMAT) return NO_NUMBERS
  let at = 1
  const part = (): Float64Array => {
    let [numbers, count, number] = [NO_NUMBERS.world, -1, 0]
    while (at < bytes.length && count < numbers.length) {
      let byte = bytes[at++] as number
      let value = byte & 127
      for (let place = 128; byte > 127 && at < bytes.length; place *= 128) {
        byte = bytes[at++] as number
        value += (byte & 127) * place
      }
      number += value
      // First comes how many there are: no more than there are bytes, so that a damaged list takes no memory.
      if (count >= 0) numbers[count] = number
      else [numbers, number] = [new Float64Array(Math.min(value, bytes.length - at)), 0]
      count++
    }
    return numbers
  }
  const [world, local, allowed] = [part(), part(), part()]
  const text = new TextDecoder().decode(bytes.subarray(at))
  return { world, local, allowed, patterns: new Set(text === '' ? [] : text.split('\n')) }
}
