import { seededRandom } from './seeded-random.ts'

/** 20 ms of PCMU, over and over: loud, and like no tone. */
const noise = (() => {
  const random = seededRandom(11)
  return Buffer.from(Uint8Array.from({ length: 1600 }, () => random.uint32() & 0xff))
})()

/** What the n-th packet of somebody sounds like who speaks. */
export const babble = (packet: number): Buffer => {
  const at = (packet % 10) * 160
  return noise.subarray(at, at + 160)
}
