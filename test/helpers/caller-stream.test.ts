import { describe, expect, it } from 'vitest'
import { expectOneStream, framesBetween, soundOf } from './caller-stream.ts'
import type { ReceivedPacket } from './rtp-sender.ts'

interface Fields {
  readonly at: number
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
}

/** Fifty packets over the end of both counters; `change` spoils one. */
function stream(change: (index: number, fields: Fields) => Partial<Fields> = () => ({})): ReceivedPacket[] {
  return Array.from({ length: 50 }, (_, index) => {
    const right = {
      at: index * 20,
      sequence: 65_530 + index,
      timestamp: 2 ** 32 - 800 + index * 160,
      ssrc: 7,
    }
    const { at, sequence, timestamp, ssrc } = { ...right, ...change(index, right) }
    const bytes = Buffer.alloc(172, index)
    bytes.writeUInt16BE(sequence & 0xffff, 2)
    bytes.writeUInt32BE(timestamp % 2 ** 32, 4)
    bytes.writeUInt32BE(ssrc, 8)
    return { at, bytes }
  })
}

describe('the caller’s stream', () => {
  it('is one, over the end of its counters (RFC 3550 §5.1)', () => {
    expectOneStream(stream())
  })

  it.each([
    ['another SSRC', stream((index) => (index > 30 ? { ssrc: 8 } : {}))],
    ['a packet twice', stream().toSpliced(20, 0, stream()[19] as ReceivedPacket)],
    ['a packet lost', stream().toSpliced(20, 1)],
    ['two changed places', stream((index, { sequence }) => (index === 9 ? { sequence: sequence + 1 } : {}))],
    ['a leap in time', stream((index, { timestamp }) => (index > 30 ? { timestamp: timestamp + 160 } : {}))],
    ['silence', stream((index, { at }) => (index > 30 ? { at: at + 2100 } : {}))],
    ['nothing at all', []],
  ])('is not one with %s', (_, received) => {
    expect(() => expectOneStream(received)).toThrow()
  })

  it('may be asked to keep time better', () => {
    const late = stream((index, { at }) => (index > 30 ? { at: at + 600 } : {}))
    expectOneStream(late)
    expect(() => expectOneStream(late, 500)).toThrow()
  })

  it('is cut out by time', () => {
    const frames = framesBetween(stream(), 40, 80)
    expect(soundOf(frames)).toEqual(Buffer.concat([Buffer.alloc(160, 2), Buffer.alloc(160, 3)]))
  })
})
