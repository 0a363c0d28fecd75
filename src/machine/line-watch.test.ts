import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import type { Standing } from '../line/registration/facts.ts'
import type { Registration } from '../store/model.ts'
import { LOST_AFTER_MS, openLineWatch } from './line-watch.ts'
import type { MachineEvent } from './machine.ts'

const failing: Standing = {
  state: 'failing',
  problem: { code: 'AP_REGISTRAR_SILENT', detail: 'udp 192.0.2.9:5060' },
}
const registered: Standing = { state: 'registered', place: 0 }

/** A watch over the line `l`, by name `office`, and what it tells. */
async function scene(kept = new Map<string, Registration>()) {
  const clock = fakeClock()
  const told: MachineEvent[] = []
  const names = new Map([['l', 'office']])
  const store = {
    registrations: {
      list: async () => [...kept.values()],
      put: async (row: Registration) => void kept.set(row.lineId, row),
      remove: async () => {},
    },
  }
  const watch = await openLineWatch({
    store,
    writes: { add: async (_what, write) => write() },
    nameOf: (id) => names.get(id),
    clock,
    tell: (event) => told.push(event),
  })
  const note = (standing: Standing) =>
    watch.noted('l', standing, { server: 'udp 192.0.2.9:5060', publicAddress: null })
  return { clock, told, names, kept, watch, note }
}

describe('a line that is lost', () => {
  it('is told of after the grace, once, with since when and why; and so is that it is back', async () => {
    const { clock, told, kept, note } = await scene()
    note(registered)
    const since = clock.now()
    note(failing)
    clock.advance(60_000)
    // Another failure is the same loss.
    note({ ...failing, problem: { code: 'AP_REGISTRAR_NAME_UNKNOWN', detail: 'x' } })
    clock.advance(LOST_AFTER_MS - 60_001)
    expect(told).toEqual([])
    clock.advance(1)
    const problem = { code: 'AP_REGISTRAR_NAME_UNKNOWN', detail: 'x' }
    expect(told).toEqual([{ kind: 'line-lost', lineId: 'l', line: 'office', since, problem }])
    expect(kept.get('l')).toMatchObject({ state: 'failing', toldLostSince: since })
    note(failing)
    clock.advance(LOST_AFTER_MS * 3)
    expect(told).toHaveLength(1)
    note(registered)
    expect(told.slice(1)).toEqual([{ kind: 'line-back', lineId: 'l', line: 'office', since }])
    expect(kept.get('l')).toMatchObject({ state: 'registered', toldLostSince: null })
    note(registered)
    expect(told).toHaveLength(2)
  })

  it('for less than that is no news', async () => {
    const { clock, told, note } = await scene()
    note(failing)
    clock.advance(LOST_AFTER_MS - 1)
    note(registered)
    clock.advance(LOST_AFTER_MS)
    expect(told).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('is told of as back after a restart, too, and not told of as lost again', async () => {
    const before = await scene()
    before.note(failing)
    before.clock.advance(LOST_AFTER_MS)
    const { clock, told, note } = await scene(before.kept)
    note({ state: 'registering' })
    note(failing)
    clock.advance(LOST_AFTER_MS * 2)
    expect(told).toEqual([])
    note(registered)
    expect(told).toMatchObject([{ kind: 'line-back' }])
  })

  it('is nothing to tell of once nobody wants it registered, or the machine leaves', async () => {
    const one = await scene()
    one.note(failing)
    one.names.clear()
    one.clock.advance(LOST_AFTER_MS)
    expect(one.told).toEqual([])
    const other = await scene()
    other.note(failing)
    other.watch.close()
    other.clock.advance(LOST_AFTER_MS)
    expect(other.told).toEqual([])
  })
})
