import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { beep, synthesize } from '../../media/tones.ts'
import { readWav } from '../../media/wav/read-wav.ts'
import { createBeepEar } from './hear-beep.ts'

/** How often the beep's end is heard in this sound, and in which frame first. */
function listen(pcm: Int16Array): number[] {
  const ear = createBeepEar()
  const heard: number[] = []
  for (let frame = 0; (frame + 1) * 160 <= pcm.length; frame++) {
    if (ear(pcm.subarray(frame * 160, (frame + 1) * 160)) === 'beep-over') heard.push(frame)
  }
  return heard
}

const greeting = readWav(
  readFileSync(join(import.meta.dirname, '../../../assets/prompts/greeting.wav')),
).samples

describe('the test caller waits for the beep', () => {
  it('and hears its end, once, after the greeting', () => {
    const sound = synthesize(beep)
    const pcm = new Int16Array(greeting.length + sound.length + 8000)
    pcm.set(greeting)
    pcm.set(sound, greeting.length)
    const heard = listen(pcm)
    expect(heard).toHaveLength(1)
    const endsAt = (greeting.length + sound.length) / 160
    expect(Math.abs((heard[0] ?? 0) - endsAt)).toBeLessThanOrEqual(2)
  })

  it('and takes neither speech nor another tone nor silence for it', () => {
    expect(listen(greeting)).toEqual([])
    expect(listen(synthesize({ frequencies: [440], durationMs: 1000 }))).toEqual([])
    expect(listen(new Int16Array(8000))).toEqual([])
  })
})
