import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { systemRandom } from '../../../src/shared/random.ts'
import { tellApart } from '../statistics/tell-apart.ts'
import { startGlassMachine } from './glass-machine.ts'
import { type LinePhones, openHousehold } from './household.ts'
import { type Leak, openLeakyRelay } from './leaky-relay.ts'
import { measureSides, tellByForm } from './measure-sides.ts'
import { openMeasuringCallers } from './measuring-callers.ts'

const isAnswer = (text: string) => /^SIP\/2\.0 200 .*^CSeq: 1 INVITE/ms.test(text)

/** Holes in the glass, made by a relay in the path of some calls. All others go through a relay as well, that does nothing. */
const LEAKS = {
  tight: {},
  'tight as well': {},
  'the ring is 40 ms another': { messageDelayMs: (text) => (isAnswer(text) ? 40 : 0) },
  'a listener delays packets by 3 ms': { packetDelayMs: (index) => (index < 50 ? 0 : 3) },
  'one header more': {
    message: (text) =>
      /^SIP\/2\.0 180 /.test(text)
        ? text.replace('\r\nContent-Length:', '\r\nX-Forked: yes\r\nContent-Length:')
        : text,
  },
} satisfies Readonly<Record<string, Leak>>
/** The hole is there while a browser really listens. */
const BY_BROWSER = 'packets are 3 ms late for as long as a browser listens'
const SIDES = [...Object.keys(LEAKS), BY_BROWSER]
const ROUNDS = 8
/** Three of each side in a round: 24 calls a side. */
const LINES = 3 * SIDES.length

it('planted leaks are caught on real sockets, and nothing else is', async () => {
  await using opened = new AsyncDisposableStack()
  const phones = Array.from(
    { length: LINES },
    (_, line): LinePhones =>
      SIDES[line % SIDES.length] === BY_BROWSER
        ? { phones: 1, habit: 'stays', browser: 'scripted' }
        : { phones: 0, habit: 'rings' },
  )
  const machine = opened.use(await startGlassMachine(LINES, (line) => phones[line]?.phones ?? 0))
  const household = opened.use(await openHousehold(machine, phones))
  const callers = opened.use(openMeasuringCallers())
  const ports = new Map<string, number>()
  const byBrowser: Leak = { packetDelayMs: (_index, line) => (household.listensTo(line) ? 3 : 0) }
  for (const [side, leak] of Object.entries<Leak>({ ...LEAKS, [BY_BROWSER]: byBrowser })) {
    const place = { machine: machine.sip, near: '127.0.0.1', far: '127.0.0.2' }
    ports.set(side, opened.use(await openLeakyRelay(place, leak)).port)
  }
  const calls = await measureSides({
    machine,
    callers,
    sides: SIDES,
    portOf: (side) => ports.get(side) ?? 0,
    rounds: ROUNDS,
    callsPerRound: LINES,
    random: systemRandom,
  })

  const byForm = tellByForm(calls, 'tight')
  expect(byForm).toHaveLength(3 * ROUNDS)
  for (const difference of byForm) expect(difference).toMatch(/“one header more” .*^\+ X-Forked: yes$/ms)

  const { GLASS_DUMP } = process.env
  if (GLASS_DUMP) writeFileSync(GLASS_DUMP, JSON.stringify(calls))
  const told = tellApart(calls, { first: 'tight', random: systemRandom })
  const of = (side: string) => told.filter((line) => line.startsWith(`${side}: `)).join('\n')
  expect(of('the ring is 40 ms another')).toMatch(/: INVITE to 200 .*a classifier is right in \d+ %/s)
  expect(of('a listener delays packets by 3 ms')).toMatch(
    /: lateness, from half to half .*a classifier is right in \d+ %/s,
  )
  expect(of(BY_BROWSER)).toMatch(/: lateness, from half to half .*a classifier is right in \d+ %/s)
  expect(of('tight as well')).toBe('')
}, 180_000)
