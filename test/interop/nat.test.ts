import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { addLine } from '../../src/api/acts/lines.ts'
import { ensureDefaults } from '../../src/mailbox/ensure-defaults.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { idMaker } from '../../src/shared/ids.ts'
import { silentLog } from '../../src/shared/log.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import type { Store } from '../../src/store/store.ts'
import { startProvider } from '../helpers/kamailio.ts'
import { openNat } from '../helpers/nat.ts'
import { describeWith, isRoot } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'
import { sippCall } from '../helpers/sipp.ts'
import { speak } from '../helpers/speech.ts'

/** The database of a machine whose API is on a loopback that is not ours. */
async function openBooks(data: string): Promise<Store> {
  const tools = { clock: systemClock, makeId: idMaker(systemClock, systemRandom), log: silentLog }
  return openSqliteStore({ file: join(data, 'answerphone.db'), ...tools })
}

/** Each over another transport. */
const LINES = ['udp', 'tcp', 'tls'] as const

describeWith(
  ['kamailio', 'sipp', 'flite', 'sox', 'ip', 'nft'],
  'lines behind a NAT, over UDP, TCP and TLS',
  () => {
    it.runIf(isRoot)(
      'stay registered past the life of a mapping, and are called with sound both ways, also when the router has forgotten them and has another address',
      async () => {
        await using nat = await openNat('ap-nat')
        await using provider = await startProvider(nat.provider)
        const spoken = await speak('Please call me back tomorrow at seven.')
        const data = mkdtempSync(join(tmpdir(), 'answerphone-'))
        await using stack = new AsyncDisposableStack()
        stack.defer(() => rmSync(data, { recursive: true, force: true }))
        const books = stack.adopt(await openBooks(data), (store) => store.close())
        await ensureDefaults(books, 'UTC')
        const { address, netns: outside } = nat.provider
        for (const name of LINES)
          await addLine(
            { store: books, clock: systemClock, log: silentLog, who: 'console' },
            {
              ...{ name, mailbox: 'home', ringSeconds: 0 },
              account: {
                registrar: `${address}:${name === 'tls' ? provider.tlsPort : provider.port};transport=${name}`,
                ...{ user: name, password: 'secret' },
              },
            },
          )
        const { netns, address: host } = nat.home
        const env = { NODE_EXTRA_CA_CERTS: provider.authority }
        const flags = ['--keep-alive-seconds', '1']
        await using _machine = await startMachine({ data, netns, host, flags, env })

        const contactOf = async (name: string) =>
          (await provider.contacts()).find((contact) => contact.startsWith(`sip:${name}@`))
        const areSeenAt = (place: string) =>
          eventually(async () => {
            const rows = await books.registrations.list()
            const seen = rows.filter((row) => row.state === 'registered' && row.publicAddress === place)
            return seen.length === LINES.length && (await contactOf('udp'))?.includes(place)
          }, 20_000)
        const messages = async () => (await books.messages.list({ limit: 10 })).rows
        const voices = async () => (await nat.voices()).filter((packets) => packets > 200).length
        /** A call to each through the provider: what is said arrives as a message, and the greeting has gone out. */
        const areCalledWithSound = async () => {
          const [before, heard] = [(await messages()).length, await voices()]
          const calls = await Promise.all(
            LINES.map((user) =>
              sippCall({
                to: { host: address, port: provider.port },
                ...{ user, scenario: 'caller-spoken', spoken, netns: outside },
                pauses: {
                  'milliseconds="4000"': 'milliseconds="3500"',
                  'milliseconds="8000"': 'milliseconds="2500"',
                },
              }),
            ),
          )
          for (const call of calls) expect(await call.ended, call.output()).toBe(0)
          const all = await eventually(async () => {
            const rows = await messages()
            return rows.length === before + LINES.length && rows
          })
          const left = all.slice(0, LINES.length)
          expect(new Set(left.map(({ lineId }) => lineId)).size).toBe(LINES.length)
          for (const { durationMs } of left) expect(durationMs).toBeGreaterThan(1000)
          expect(await voices()).toBe(heard + LINES.length)
        }

        await areSeenAt(nat.outside)
        const held = await provider.contacts()
        // Those of TCP and TLS say where nobody gets from there: calls come by the connection, or not at all.
        for (const name of ['tcp', 'tls']) expect(await contactOf(name)).toContain(`@${host}:`)
        // Longer than a mapping lives that nobody uses.
        await new Promise((later) => setTimeout(later, 3000))
        await areCalledWithSound()
        expect(await provider.contacts()).toEqual(held)

        await nat.reconnect()
        await areSeenAt(nat.outside)
        await areCalledWithSound()
      },
    )
  },
)
