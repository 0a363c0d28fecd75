/** 160 bytes that hold a number: five bytes of it, repeated, and never 0x7f, whose PCM value equals that of 0xff. */
export function numberedFrame(index: number): Buffer {
  const frame = Buffer.alloc(160)
  for (let i = 0; i < 160; i++) frame[i] = 0x10 | ((index >>> ((i % 5) * 4)) & 0x0f)
  return frame
}

/** The numbers that consecutive frames of µ-law hold; −1 where a frame is none of `numberedFrame`. */
export function readNumberedFrames(ulaw: Buffer): number[] {
  const numbers: number[] = []
  for (let at = 0; at + 160 <= ulaw.length; at += 160) {
    let number = 0
    for (let i = 0; i < 5; i++) number |= ((ulaw[at + i] ?? 0) & 0x0f) << (i * 4)
    numbers.push(numberedFrame(number).equals(ulaw.subarray(at, at + 160)) ? number : -1)
  }
  return numbers
}
