import { expect } from 'vitest'
import type { Side } from '../stage.ts'

const LONGEST_MS = 20_000

/** Who watches how loud the caller is. */
export const watching: readonly Side[] = [
  {
    name: 'a page watches the level, for as long as there is a message',
    prepare({ house: { machine } }) {
      const peaks: number[] = []
      let ends = 0
      const watcher = { onPeak: (peak: number) => void peaks.push(peak), onEnd: () => void ends++ }
      machine.watch((event) => {
        if (event.kind === 'call-changed') machine.watchLevels(event.call.id, watcher)
      })
      return {
        happened() {
          expect(peaks.filter((peak) => peak > 0).length).toBeGreaterThan(20)
          expect(ends).toBe(1)
        },
      }
    },
  },
  {
    name: 'ten watch the level, who come and go all the time',
    prepare({ house: { machine }, at }) {
      let peaks = 0
      const watcher = () => ({ onPeak: () => void peaks++, onEnd() {} })
      const comes = () => machine.liveCalls().map(({ id }) => machine.watchLevels(id, watcher()))
      return {
        during() {
          for (let place = 0; place < 10; place++)
            for (let ms = 37.1 * place; ms < LONGEST_MS; ms += 440)
              at(ms, () => {
                const stops = comes()
                at(350, () => {
                  for (const stop of stops) stop?.()
                })
              })
        },
        happened: () => expect(peaks).toBeGreaterThan(100),
      }
    },
  },
]
