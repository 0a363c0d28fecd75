import { describe, expect, it } from 'vitest'
import { HOUSE_IPV6, type InMemoryHouse, openHouse } from '../../../test/helpers/in-memory-house.ts'
import type { ProviderRecord } from '../../../test/helpers/provider-record.ts'
import { providerRecords } from '../../../test/helpers/provider-records.ts'
import { openProvider, type ScriptedProvider } from '../../../test/helpers/scripted-provider.ts'
import { silentLog } from '../../shared/log.ts'
import type { Line, Mailbox } from '../../store/model.ts'
import type { LineStore, Store } from '../../store/store.ts'
import { LINE_UNLESS_TOLD } from '../../store/tables/lines.ts'
import { addLine } from '../acts/lines.ts'
import type { LinePreset } from '../contract.ts'
import { linePresets } from './line-presets.ts'

const PASSWORD = 'geheim'
/** Greeting (3.3 s) and beep (0.3 s), with a little to spare. */
const GREETED_MS = 3800

const presetOf = ({ preset }: ProviderRecord) => linePresets.find(({ id }) => id === preset) as LinePreset

/** The line as the command and the page add it, by the preset and what its owner types in. */
async function lineBy(preset: LinePreset, record: ProviderRecord): Promise<Line> {
  const { expirySeconds, ...given } = preset.line
  const box = { id: 'box', name: 'home' } as Mailbox
  let added: Line | undefined
  const store = {
    lines: {
      get: async () => undefined,
      add: async (fields: Parameters<LineStore['add']>[0]) => {
        added = {
          ...LINE_UNLESS_TOLD,
          ...fields,
          id: 'line',
        }
        return added
      },
    },
    mailboxes: { get: async () => box },
    audit: { add: async () => {} },
  } as unknown as Store
  await addLine(
    { store, clock: { now: () => 0 }, log: silentLog, who: 'console' },
    {
      name: 'home',
      mailbox: 'home',
      trunk: preset.id === 'trunk' ? [record.signalling] : [...preset.trunk],
      ...given,
      ...(record.account && {
        account: {
          registrar: record.server ?? preset.registrar ?? preset.registrarExample ?? '',
          password: PASSWORD,
          ...record.account,
          ...(expirySeconds !== undefined && { expirySeconds }),
        },
      }),
    },
  )
  return added as Line
}

interface Scene {
  readonly house: InMemoryHouse
  readonly provider: ScriptedProvider
  readonly line: Line
}

/** A house with a line by the preset, at a provider that behaves as is written of it; registered, where one registers. */
async function at(record: ProviderRecord, change: Partial<Line> = {}): Promise<Scene & AsyncDisposable> {
  const line = { ...(await lineBy(presetOf(record), record)), ...change }
  const name = /^sip:([^:;]+)/.exec(line.account?.registrar ?? '')?.[1] ?? ''
  const house = await openHouse({
    line,
    mailbox: { longestSeconds: 3600 },
    names: { [name]: [record.signalling] },
    alsoAt: [HOUSE_IPV6],
    phones: [{ name: 'kitchen' }],
  })
  const { user = '', authUser = user } = record.account ?? {}
  const provider = openProvider(house, record, { user: authUser, password: PASSWORD })
  await house.pass(10_000)
  return { house, provider, line, [Symbol.asyncDispose]: () => house[Symbol.asyncDispose]() }
}

it('there is a provider for each preset', () => {
  const ids = linePresets.map(({ id }) => id)
  expect([...new Set(providerRecords.map(({ preset }) => preset))].toSorted()).toEqual(ids.toSorted())
})

it('each preset names what was read of its provider', () => {
  for (const record of providerRecords)
    for (const [what, where] of record.said)
      expect(presetOf(record).sources, `${record.preset}: ${what}`).toContain(where)
})

const titled = providerRecords.map(
  (record) => [[record.preset, record.variant].filter(Boolean).join(', '), record] as const,
)

describe.each(titled)('a line by the preset %s', (_title, record) => {
  it('is registered, takes a call and its message, lives through refreshes, and is left in peace', async () => {
    await using scene = await at(record, { ringSeconds: 5 })
    const { house, provider } = scene
    if (record.account) {
      expect(house.registrations.get('line')).toMatchObject({ state: 'registered', problem: null })
      expect(provider.registeredFor).toBeGreaterThan(0)
    }

    const call = provider.call()
    await house.pass(100)
    expect(call.statuses).toEqual([100, 180])
    expect(house.machine.liveCalls()).toMatchObject([
      { callerNumber: record.caller.number, callerName: record.caller.name },
    ])
    await house.pass(5000)
    expect(call.statuses).toEqual([100, 180, 200])
    await house.pass(GREETED_MS)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'recording' }])
    await call.speak(2000)

    if (record.refresh) {
      const { by, afterSeconds } = record.refresh
      // Twice: past the expiry that was agreed for the first time, only a refresh can have kept it.
      for (let time = 0; time < 2; time++) {
        await call.speak(afterSeconds * 1000, 5000)
        call.refresh(by)
        await house.pass(50)
      }
      await call.speak(afterSeconds * 1000, 5000)
      expect(call.later).toEqual([`${by} 200`, `${by} 200`])
      expect(call.asked).toEqual([])
    }
    call.refresh('INVITE', 'sendonly')
    await house.pass(50)
    expect(call.lastResponse).toContain('a=recvonly')
    call.refresh('INVITE', 'sendrecv')
    await house.pass(50)
    await call.speak(1000)

    const { heard } = call
    expect(heard).toBeGreaterThan(300)
    call.bye()
    await house.pass(100)
    expect(call.later.at(-1)).toBe('BYE 200')
    expect(house.kept).toMatchObject([{ meta: { callerNumber: record.caller.number } }])
    expect([...house.rows.values()]).toMatchObject([{ outcome: 'message' }])

    const registered = provider.registers.length
    await house.pass(1_000_000)
    if (record.account) {
      expect(provider.registers.length).toBeGreaterThan(registered)
      expect(provider.registeredFor).toBeGreaterThan(0)
      // Every answer of ours to what came unasked is final, and none says that we are not there.
      expect(provider.pings.filter((ping) => ping.startsWith('OPTIONS') && ping !== 'OPTIONS 200')).toEqual(
        [],
      )
      if (record.optionsEverySeconds) expect(provider.pings).toContain('OPTIONS 200')
    }
    expect(call.heard).toBe(heard)
  })

  it('gives the other side back its call when the message has its longest length, or the caller goes while it rings', async () => {
    await using scene = await at(record, { ringSeconds: 5 })
    const { house, provider } = scene
    const early = provider.call()
    await house.pass(2000)
    early.cancel()
    await house.pass(100)
    expect(early.statuses).toEqual([100, 180, 487])
    expect(early.later).toEqual(['CANCEL 200'])

    house.settings.mailbox = { ...house.settings.mailbox, longestSeconds: 5 }
    house.changed('mailboxes')
    await house.pass(100)
    const call = provider.call()
    await house.pass(5100 + GREETED_MS)
    await call.speak(12_000)
    expect(call.asked).toEqual(['BYE'])
  })
})

describe('internal calls', () => {
  const record = providerRecords.find(({ internal }) => internal) as ProviderRecord & {
    internal: NonNullable<ProviderRecord['internal']>
  }

  it('ring, and are never answered by the machine, by the preset of the FRITZ!Box', async () => {
    await using scene = await at({ ...record, invite: withoutExpires(record) })
    const { house, provider, line } = scene
    expect(line).toMatchObject({ internal: 'ring', internalDigits: 3 })
    const call = provider.call(record.internal.from)
    await house.pass(60_000)
    expect(house.machine.liveCalls()).toMatchObject([
      { callerNumber: record.internal.number, phase: 'ringing', answersAt: null },
    ])
    await house.pass(119_000)
    // It is said again each minute, lest a proxy gives up (RFC 3261 §13.3.1.1).
    expect(call.statuses).toEqual([100, 180, 180, 180])
    await house.pass(2000)
    expect(call.statuses.at(-1)).toBe(480)
    await house.pass(100)
    expect([...house.rows.values()]).toMatchObject([{ outcome: 'abandoned' }])
  })

  it('lapse when the box says so', async () => {
    await using scene = await at(record)
    const { house, provider } = scene
    const call = provider.call(record.internal.from)
    await house.pass(121_000)
    expect(call.statuses.at(-1)).toBe(487)
  })

  it('are answered, or ignored, where the owner wants that', async () => {
    await using answered = await at(record, { internal: 'answer', ringSeconds: 5 })
    const one = answered.provider.call(record.internal.from)
    await answered.house.pass(6000)
    expect(one.statuses).toEqual([100, 180, 200])

    await using ignored = await at(record, { internal: 'ignore' })
    const other = ignored.provider.call(record.internal.from)
    await ignored.house.pass(100)
    expect(other.statuses).toEqual([100, 480])
    // A caller from outside is none of them.
    const outside = ignored.provider.call()
    await ignored.house.pass(100)
    expect(outside.statuses).toEqual([100, 180])
  })

  it('can be taken by hand', async () => {
    await using scene = await at(record)
    const { house, provider } = scene
    const call = provider.call(record.internal.from)
    await house.pass(1000)
    const [live] = house.machine.liveCalls()
    expect(await house.machine.act(live?.id ?? '', 'answer-now', 'owner')).toBe('done')
    await house.pass(100)
    expect(call.statuses.at(-1)).toBe(200)
  })
})

const withoutExpires = ({ invite }: ProviderRecord) => ({
  ...invite,
  headers: invite.headers.filter((line) => !line.startsWith('Expires:')),
})
