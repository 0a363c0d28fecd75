import { describe, expect, it } from 'vitest'
import { openHouse } from '../../test/helpers/in-memory-house.ts'
import type { Line } from '../store/model.ts'

describe('whom the machine answers', () => {
  it('is nobody who comes from no trunk', async () => {
    await using house = await openHouse({ line: { trunk: ['198.51.100.0/24'] } })
    await house.invite()
    await house.pass(5000)
    expect(house.caller.heard).toEqual([])
  })

  it('is who is in a call, until that is over, though the line have lost his trunk meanwhile', async () => {
    const lines: Partial<Line>[] = [{ ringSeconds: 0 }]
    await using house = await openHouse({ lines })
    await house.invite()
    await house.ack()
    lines[0] = { trunk: ['198.51.100.0/24'] }
    house.changed('lines')
    await house.pass(2000)
    await house.bye()
    expect(house.caller.statuses('2 BYE')).toEqual([200])
    await house.pass(40_000)
    const before = house.caller.heard.length
    await house.request('OPTIONS', '3 OPTIONS')
    expect(house.caller.heard).toHaveLength(before)
  })
})
