import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sdp } from '../../test/helpers/endpoint-pair.ts'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { createEndpoint } from './create-endpoint.ts'
import type { Source } from './transport/transport.ts'

/** The RFC's own messages lie beside the checkout, not in it. */
const folder = new URL('../../../shared/torture/rfc4475/', import.meta.url)

/** The final response of a user agent that answers every call, to what gets past reading; 0 for silence. */
const ANSWERS: Readonly<Record<string, number>> = {
  wsinv: 200,
  intmeth: 501,
  esc01: 200,
  escnull: 405,
  esc02: 501,
  lwsdisp: 200,
  longreq: 200,
  dblreq: 405,
  semiuri: 200,
  transports: 200,
  mpart01: 405,
  unreason: 0,
  noreason: 0,
  baddate: 200,
  baddn: 200,
  unksm2: 405,
  bext01: 420,
  invut: 415,
  regaut01: 405,
  bcast: 0,
  zeromf: 200,
  cparam01: 405,
  cparam02: 405,
  regescrt: 405,
  sdp01: 406,
  inv2543: 200,
}

/** RFC 3261 §18.3: without a Content-Length a stream can't be cut into messages. */
const OVER_TCP: Readonly<Record<string, number>> = { inv2543: 400 }

const local = { address: '192.0.2.2', port: 5060 }
const sources: readonly Source[] = [
  { transport: 'udp', address: '192.0.2.1', port: 5060, local },
  { transport: 'tcp', address: '192.0.2.1', port: 40_000, local, flow: 'flow' },
]

test.skipIf(!existsSync(folder)).each(
  Object.entries(ANSWERS).flatMap(([name, status]) =>
    sources.map((source) => {
      const by = source.transport
      return { name, status: (by === 'tcp' ? OVER_TCP[name] : undefined) ?? status, source, by }
    }),
  ),
)('RFC 4475 $name gets $status over $by', ({ name, status, source }) => {
  const sent: number[] = []
  const endpoint = createEndpoint({
    clock: fakeClock(),
    random: seededRandom(),
    events: { onInvite: (invite) => invite.accept(sdp('answer')) },
  })
  endpoint.attach({
    name: source.transport,
    reliable: source.transport === 'tcp',
    local,
    reaches: (to) => to.transport === source.transport,
    send: (bytes) => void sent.push(Number(bytes.toString('latin1', 8, 11))),
    close: async () => {},
  })
  endpoint.receive.onMessage(readFileSync(new URL(`${name}.dat`, folder)), source)
  expect(sent.at(-1) ?? 0).toBe(status)
})
