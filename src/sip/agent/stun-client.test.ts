import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { answerBinding } from '../transport/stun.ts'
import type { Source } from '../transport/transport.ts'
import { createStunClient } from './stun-client.ts'

const SERVER = { address: '192.0.2.9', port: 3478 }
const FROM: Source = { transport: 'udp', ...SERVER, local: { address: '192.168.1.2', port: 5060 } }

function scene() {
  const clock = fakeClock()
  const sent: Buffer[] = []
  const client = createStunClient({ send: (bytes) => sent.push(bytes), clock, random: seededRandom(1) })
  return { clock, sent, client }
}

describe('asked of a STUN server (RFC 8489)', () => {
  it.each([
    { address: '203.0.113.5', port: 40_404 },
    { address: '2001:db8::5', port: 1 },
  ])('how it sees us is what its answer says: %o', async (seen) => {
    const { sent, client, clock } = scene()
    const asked = client.ask(SERVER)
    client.receive(answerBinding(sent[0] as Buffer, seen) as Buffer, FROM)
    expect(await asked).toEqual(seen)
    expect(clock.pending).toBe(0)
  })

  it('is asked again where a packet was lost, and given up in the end', async () => {
    const { sent, client, clock } = scene()
    const asked = client.ask(SERVER)
    clock.advance(20_000)
    expect(await asked).toBeUndefined()
    expect(sent).toHaveLength(5)
    expect(new Set(sent.map((bytes) => bytes.toString('hex'))).size).toBe(1)
  })

  it('is believed itself alone, and only what it was asked', async () => {
    const { sent, client } = scene()
    const asked = client.ask(SERVER)
    const answer = answerBinding(sent[0] as Buffer, { address: '198.51.100.66', port: 1 }) as Buffer
    client.receive(answer, { ...FROM, address: '198.51.100.9' })
    client.receive(answer, { ...FROM, port: 3479 })
    const other = Buffer.from(answer)
    other.writeUInt8((other[19] ?? 0) ^ 1, 19)
    client.receive(other, FROM)
    for (let length = 0; length < answer.length; length++) client.receive(answer.subarray(0, length), FROM)
    client.close()
    expect(await asked).toBeUndefined()
  })
})
