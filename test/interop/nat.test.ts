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

describeWith(['kamailio', 'sipp', 'flite', 'sox', 'ip', 'nft'], 'a line behind a NAT', () => {
  it.runIf(isRoot)(
    'stays registered past the life of a mapping, and is called with sound both ways, also when the router has forgotten it and has another address',
    async () => {
      await using nat = await openNat('ap-nat')
      await using provider = await startProvider(nat.provider)
      const spoken = await speak('Please call me back tomorrow at seven.')
      const data = mkdtempSync(join(tmpdir(), 'answerphone-'))
      await using stack = new AsyncDisposableStack()
      stack.defer(() => rmSync(data, { recursive: true, force: true }))
      const books = stack.adopt(await openBooks(data), (store) => store.close())
      await ensureDefaults(books)
      const registrar = `${nat.provider.address}:${provider.port}`
      await addLine(books, {
        ...{ name: 'office', mailbox: 'home', ringSeconds: 0 },
        account: { registrar, user: 'office', password: 'secret' },
      })
      const { netns, address: host } = nat.home
      await using _machine = await startMachine({ data, netns, host, flags: ['--keep-alive-seconds', '1'] })

      const messages = async () => (await books.messages.list({ limit: 10 })).rows
      const isSeenAt = (address: string) =>
        eventually(async () => {
          const [row] = await books.registrations.list()
          const [contact] = await provider.contacts()
          return row?.state === 'registered' && row.publicAddress === address && contact?.includes(address)
        }, 20_000)
      /** A call through the provider: what is said arrives as a message, and the greeting has gone out. */
      const isCalledWithSound = async () => {
        const [before, packets] = [(await messages()).length, await nat.voicePackets()]
        const call = await sippCall({
          to: { host: nat.provider.address, port: provider.port },
          ...{ user: 'office', scenario: 'caller-spoken', spoken, netns: nat.provider.netns },
          pauses: {
            'milliseconds="4000"': 'milliseconds="3500"',
            'milliseconds="8000"': 'milliseconds="2500"',
          },
        })
        expect(await call.ended, call.output()).toBe(0)
        const [message] = await eventually(async () => {
          const rows = await messages()
          return rows.length > before && rows
        })
        expect(message?.durationMs).toBeGreaterThan(1000)
        expect(await nat.voicePackets()).toBeGreaterThan(packets + 200)
      }

      await isSeenAt(nat.outside)
      const [held] = await provider.contacts()
      // Longer than a mapping lives that nobody uses.
      await new Promise((later) => setTimeout(later, 3000))
      await isCalledWithSound()
      expect(await provider.contacts()).toEqual([held])

      await nat.reconnect()
      await isSeenAt(nat.outside)
      await isCalledWithSound()
    },
  )
})
