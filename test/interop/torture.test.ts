import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { openProber, type SipProber } from '../helpers/sip-prober.ts'
import { headerOf, statusOf } from '../helpers/sip-wire.ts'
import { type Row, readTable } from '../helpers/torture.ts'

/**
 * The torture messages against the running machine, over UDP and TCP: what unit tests say of reading them
 * (src/sip/message/rfc4475.test.ts) has to hold for a user agent as a whole, which must live on after each.
 *
 * Responses go to where a message came from, but over UDP to the port that its Via names (RFC 3261 §18.2.2). So the
 * messages leave from an address of the loopback that nobody else uses, where the port of every Via is bound.
 */
const TORTURER = '127.0.73.1'
const VIA_PORTS = [5060, 5050]

/** What this user agent answers: its choice where the RFC leaves one. Responses get nothing. */
const RFC4475: Readonly<Record<string, number>> = {
  'wsinv.dat': 180,
  'intmeth.dat': 501,
  'esc01.dat': 180,
  'escnull.dat': 405, // we are no registrar; this holds for every REGISTER below
  'esc02.dat': 501,
  'lwsdisp.dat': 200,
  'longreq.dat': 180,
  'dblreq.dat': 405,
  'semiuri.dat': 200,
  'transports.dat': 200,
  'mpart01.dat': 405,
  'badinv01.dat': 400,
  'clerr.dat': 400,
  'ncl.dat': 400,
  'scalar02.dat': 400,
  'quotbal.dat': 400,
  'ltgtruri.dat': 400,
  'lwsruri.dat': 400,
  'lwsstart.dat': 400,
  'trws.dat': 400,
  'escruri.dat': 400,
  'baddate.dat': 180,
  'regbadct.dat': 400,
  'badaspec.dat': 400,
  'baddn.dat': 200,
  'badvers.dat': 505,
  'mismatch01.dat': 400,
  'mismatch02.dat': 400,
  'badbranch.dat': 400,
  'insuf.dat': 400,
  'unkscm.dat': 416,
  'novelsc.dat': 416,
  'unksm2.dat': 405,
  'bext01.dat': 420,
  'invut.dat': 415,
  'regaut01.dat': 405,
  'multi01.dat': 400,
  'mcl01.dat': 400,
  'zeromf.dat': 200,
  'cparam01.dat': 405,
  'cparam02.dat': 405,
  'regescrt.dat': 405,
  'sdp01.dat': 406,
  'inv2543.dat': 180,
}

const rfcFolder = new URL('../../../shared/torture/', import.meta.url)
const ourFolder = new URL('../torture/', import.meta.url)

let machine: RunningMachine
let ports: SipProber[] = []

beforeAll(async () => {
  machine = await startMachine()
  await machine.line('home', { trunk: '127.0.0.0/8', ringSeconds: 60 })
  ports = await Promise.all(VIA_PORTS.map((port) => openProber({ to: machine.sip, local: TORTURER, port })))
})

afterAll(async () => {
  for (const port of ports) await port[Symbol.asyncDispose]()
  await machine?.[Symbol.asyncDispose]()
})

/** A copy with a branch and a Call-ID of its own, so that none is taken for another's retransmission or fork. */
function ownCopy(bytes: Buffer, name: string): Buffer {
  const text = bytes
    .toString('latin1')
    .replace(/z9hG4bK(?=[\w.-])/g, `z9hG4bK${name}`)
    .replace('1918181833n', name)
    .replace(/^((?:call-id|i)[ \t]*:\s*)(?=\w)/im, `$1${name}-`)
  return Buffer.from(text, 'latin1')
}

/** The status that a message gets, 180 for one that rings; undefined for silence. */
async function statusOverUdp(bytes: Buffer): Promise<number | undefined> {
  const [main] = ports
  if (!main) throw new Error('no port')
  const before = ports.map((port) => port.heard.length)
  const news = () => ports.flatMap((port, i) => port.heard.slice(before[i]))
  main.send(bytes)
  // The machine reads in order: when the ping is answered, so is what came before it.
  expect(await main.ping()).toBe(200)
  const known = new Set(ports.flatMap((port, i) => port.heard.slice(0, before[i])))
  const answers = () =>
    news().filter((text) => !headerOf(text, 'Call-ID')?.startsWith('ping-') && !known.has(text))
  // A call rings once its RTP port is open.
  if (answers().some((text) => statusOf(text) === 100)) {
    await eventually(async () => answers().some((text) => statusOf(text) > 100))
  }
  const statuses = answers()
    .map(statusOf)
    .filter((status) => status !== 100)
  expect(statuses.length, answers().join('\n')).toBeLessThanOrEqual(1)
  return statuses[0]
}

/** As `statusOverUdp`, on a connection of its own; and whether the connection is still good for the next message. */
async function overTcp(bytes: Buffer): Promise<{ status: number | undefined; goesOn: boolean }> {
  await using prober = await openProber({ to: machine.sip, transport: 'tcp', local: '127.0.0.1' })
  prober.send(bytes)
  const goesOn = await Promise.race([
    prober.ping(1500).then(
      (status) => status === 200,
      () => false,
    ),
    prober.wire.closed.then(() => false),
  ])
  const answers = () =>
    prober
      .answers()
      .map(statusOf)
      .filter((status) => status !== 100)
  if (prober.answers().some((text) => statusOf(text) === 100))
    await eventually(async () => answers().length > 0)
  // Whatever became of the connection, the machine takes the next one.
  await using next = await openProber({ to: machine.sip, transport: 'tcp', local: '127.0.0.1' })
  expect(await next.ping()).toBe(200)
  return { status: answers()[0], goesOn }
}

describe.skipIf(!existsSync(rfcFolder))('RFC 4475 (../shared/torture), the machine running', () => {
  const rows = readTable(new URL('expectations.tsv', rfcFolder))
  const read = ({ file = '' }: Row) => readFileSync(new URL(`rfc4475/${file}`, rfcFolder))
  const expected = ({ file = '', kind }: Row) => (kind === 'response' ? undefined : RFC4475[file])

  test('our answers are among those that the RFC names', () => {
    expect(rows).toHaveLength(49)
    for (const row of rows) {
      const { kind, file, expected: said = '' } = row
      if (kind === 'response') continue
      const named = [said]
      if (/process|normal INVITE|accept|rejected by/.test(said)) named.push('180')
      if (/tolerate|ignore the header/.test(said)) named.push('180 200')
      if (read(row).toString('latin1').startsWith('REGISTER ')) named.push('405')
      if (/To -> 400|R-URI -> 400/.test(said)) named.push('400')
      expect(named.join(' '), file).toContain(String(expected(row)))
    }
  })

  test.for(rows)('UDP $section $file: $expected', async (row) => {
    expect(await statusOverUdp(ownCopy(read(row), `u${row['file']?.slice(0, -4)}`))).toBe(expected(row))
  })

  /** What is different over a stream (RFC 3261 §18.3). */
  const OVER_TCP: Readonly<Record<string, { status: number | undefined; goesOn: boolean }>> = {
    // §3.1.2.2: the machine waits for the rest of the body, and takes what comes next for it.
    'clerr.dat': { status: undefined, goesOn: false },
    // §3.1.2.3, §3.3.9: nobody knows where the next message starts; 400, and the connection is closed.
    'ncl.dat': { status: 400, goesOn: false },
    'mcl01.dat': { status: 400, goesOn: false },
    // It has no Content-Length, which a stream can't do without.
    'inv2543.dat': { status: 400, goesOn: false },
    // §3.1.1.8: the INVITE behind the REGISTER is a message too, and five bytes longer than it says: these are none.
    'dblreq.dat': { status: 405, goesOn: false },
  }
  test.for(rows)('TCP $section $file: $expected', async (row) => {
    const { file = '' } = row
    const got = await overTcp(ownCopy(read(row), `t${file.slice(0, -4)}`))
    expect(got).toEqual(OVER_TCP[file] ?? { status: expected(row), goesOn: true })
  })
})

describe('our own torture set, the machine running', () => {
  const rows = readTable(new URL('expectations.tsv', ourFolder))
  const read = ({ file = '' }: Row) => readFileSync(new URL(file, ourFolder))
  /** What passes validation is answered as the request that it is. */
  const expected = (row: Row, bytes: Buffer): number | undefined => {
    if (row['expected'] !== 'ok') return row['expected'] === 'drop' ? undefined : Number(row['expected'])
    const text = bytes.toString('latin1').trimStart()
    if (/^SIP\/2/i.test(text)) return undefined
    return text.startsWith('OPTIONS ') ? 200 : 501
  }

  test.for(rows)('UDP $file: $what → $expected', async (row) => {
    const bytes = ownCopy(read(row), `u${row['file']?.slice(0, -4)}`)
    expect(await statusOverUdp(bytes)).toBe(expected(row, bytes))
  })

  /** Content-Length and the bytes that follow disagree: what is a message ends elsewhere, and garbage comes next. */
  const FOLLOWED_BY_GARBAGE = ['length-white-space.sip', 'length-one-more.sip']
  test.for(rows)('TCP $file: $what → $expected', async (row) => {
    const { file = '' } = row
    const bytes = ownCopy(read(row), `t${file.slice(0, -4)}`)
    const { status, goesOn } = await overTcp(bytes)
    if (goesOn) expect(status).toBe(expected(row, bytes))
    else if (FOLLOWED_BY_GARBAGE.includes(file)) expect(status).toBe(200)
    else expect([400, undefined]).toContain(status)
  })
})

test('no call is left over', async () => {
  const { live } = (await (await machine.api('/calls')).json()) as { live: { id: string }[] }
  for (const { id } of live) await machine.api(`/calls/${id}/hang-up`, { method: 'POST' })
  await eventually(async () =>
    /^answerphone_live_calls 0$/m.test(await (await fetch(`${machine.http}/metrics`)).text()),
  )
})
