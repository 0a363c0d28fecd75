export const FRAME_BYTES = 160
export const FRAME_MS = 20

/**
 * The payload of one frame of one call: µ-law codes that name both, over and over. The eight nibbles of the call's
 * and the frame's number stand in the low bits; 0x90 keeps clear of the two
 * codes for zero.
 */
export function writeFrame(call: number, frame: number, into: Uint8Array, at: number): void {
  for (let i = 0; i < FRAME_BYTES; i++) {
    const place = i % 8
    const number = place < 4 ? call : frame
    into[at + i] = 0x90 | ((number >> (4 * (place % 4))) & 0x0f)
  }
}

/** The number of the frame with which these codes begin. */
export function frameAt(codes: Uint8Array): number {
  let number = 0
  for (let place = 0; place < 4; place++) number |= ((codes[4 + place] ?? 0) & 0x0f) << (4 * place)
  return number
}
