import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PhoneSession } from '../../src/api/contract.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { startChromium } from '../helpers/browser.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'
import { rings, type ScriptedPhone, scriptedPhone } from '../helpers/scripted-phone.ts'
import { statusOf } from '../helpers/sip-wire.ts'
import { openWebSocketWire } from '../helpers/web-socket-wire.ts'

const PASSWORD = 'a lamp in the hall'

let machine: RunningMachine
beforeAll(async () => {
  // Nobody on the loopback may come by plain SIP: whoever is let in comes by WebSocket.
  machine = await startMachine({ flags: ['--phones-from', '192.0.2.0/24'] })
  await machine.line('home', { ringSeconds: 3 })
  for (const name of ['ada', 'max']) await addUser(name)
})
afterAll(() => machine?.[Symbol.asyncDispose]())

async function addUser(name: string): Promise<void> {
  const body = JSON.stringify({ name, password: PASSWORD, role: 'member' })
  const answer = await machine.api('/users', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  expect(answer.status).toBe(201)
}

/** A browser that has logged in: its headers, and what its page was lent. */
async function openSession(name: string) {
  const answer = await fetch(`${machine.http}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: PASSWORD }),
  })
  const { csrfToken } = (await answer.json()) as { csrfToken: string }
  const headers = {
    cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '',
    origin: machine.http,
    'x-csrf-token': csrfToken,
  }
  const lent = await fetch(`${machine.http}/api/v1/phone-session`, { method: 'POST', headers })
  expect(lent.status).toBe(201)
  return { headers, lent: (await lent.json()) as PhoneSession }
}

/** The phone of a page, by a client that nobody here wrote: Node's own WebSocket. */
async function openPagePhone(name: string): Promise<ScriptedPhone & { logOut(): Promise<void> }> {
  const { headers, lent } = await openSession(name)
  const [, user = '', domain = ''] = /^sip:([^@]+)@(.+)$/.exec(lent.uri) ?? []
  const phone = scriptedPhone({
    wire: await openWebSocketWire({ url: lent.websocket, headers }),
    clock: systemClock,
    random: systemRandom,
    user,
    login: lent.user,
    password: lent.password,
    domain,
    believes: 'df7jal23ls0d.invalid',
  })
  const logOut = async () => {
    await fetch(`${machine.http}/api/v1/session`, { method: 'DELETE', headers })
  }
  return Object.assign(phone, { logOut })
}

const registered = async (count: number) =>
  await eventually(async () => (await machine.metrics()).includes(`answerphone_phones_registered ${count}\n`))

describe('the phone of a page, over WebSocket on the HTTP port', () => {
  it('registers, is rung, listens in by *1, and is gone with its user', async () => {
    await using page = await openPagePhone('ada')
    await using other = await openPagePhone('max')
    page.onCall = rings
    other.onCall = rings
    expect(statusOf(await page.register())).toBe(200)
    expect(statusOf(await other.register())).toBe(200)
    await registered(2)

    await using callers = await openCaller(machine.sip)
    const caller = await callers.call('home')
    await eventually(async () => page.calls.length === 1 && other.calls.length === 1)
    expect(await caller.final).toBe(200)
    caller.talk()
    await eventually(async () => page.calls[0]?.endedBy?.startsWith('CANCEL'))
    const listening = page.call('sip:*1@house')
    await eventually(async () => listening.state === 'talking')
    listening.hangUp()
    await caller.bye()

    await other.logOut()
    await registered(1)
    expect(statusOf(await page.register())).toBe(200)
  })

  it('rings no more once the browser is closed', async () => {
    {
      await using page = await openPagePhone('ada')
      expect(statusOf(await page.register())).toBe(200)
      await registered(1)
    }
    await registered(0)
  })

  it('is of no use but with its own session', async () => {
    const { headers, lent } = await openSession('ada')
    const other = await openSession('max')
    const refused = async (change: Record<string, string>) =>
      await openWebSocketWire({ url: lent.websocket, headers: { origin: machine.http, ...change } }).then(
        () => 'let in',
        () => 'refused',
      )
    expect(await refused({})).toBe('refused')
    expect(await refused({ cookie: headers.cookie, origin: 'https://evil.example' })).toBe('refused')
    await using phone = scriptedPhone({
      wire: await openWebSocketWire({ url: lent.websocket, headers: other.headers }),
      clock: systemClock,
      random: systemRandom,
      user: 'page-ada',
      login: lent.user,
      password: lent.password,
      domain: 'house',
      believes: 'df7jal23ls0d.invalid',
    })
    expect(statusOf(await phone.register())).toBe(401)
  })
})

/** What a page does, by hand; runs in Chromium, with what its Content-Security-Policy lets it. */
const REGISTER_BY_HAND = `async ({ uri, user, password, realm, websocket }) => {
  const socket = new WebSocket(websocket, 'sip')
  await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }))
  const aor = uri.slice(4)
  const next = (isIt) => new Promise((resolve) => {
    socket.addEventListener('message', ({ data }) => isIt(data) && resolve(data))
  })
  const ask = (cseq, ...more) => {
    socket.send([
      'REGISTER sip:' + realm + ' SIP/2.0', 'Via: SIP/2.0/WS a.invalid;branch=z9hG4bK' + cseq, 'Max-Forwards: 70',
      'From: <sip:' + aor + '>;tag=a', 'To: <sip:' + aor + '>', 'Call-ID: chromium', 'CSeq: ' + cseq + ' REGISTER',
      'Contact: <sip:page@a.invalid;transport=ws>;expires=60', ...more, '', ''].join('\\r\\n'))
    return next((data) => data.startsWith('SIP/2.0') && data.includes('CSeq: ' + cseq + ' '))
  }
  const hash = async (text) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))]
    .map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const challenged = await ask(1)
  const nonce = /nonce="([^"]+)"/.exec(challenged)[1]
  const ha1 = await hash(user + ':' + realm + ':' + password)
  const ha2 = await hash('REGISTER:sip:' + realm)
  const response = await hash([ha1, nonce, '00000001', 'c', 'auth', ha2].join(':'))
  const final = await ask(2, 'Authorization: Digest username="' + user + '", realm="' + realm + '", nonce="' + nonce +
    '", uri="sip:' + realm + '", response="' + response + '", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="c"')
  socket.send('\\r\\n\\r\\n')
  const pong = await next((data) => !data.includes('SIP'))
  return { protocol: socket.protocol, answers: [challenged.slice(8, 11), final.slice(8, 11)], pong }
}`

describeWith(['chromium'], "a page in Chromium, before the machine's own WebSocket", () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('registers by its cookie, within its Content-Security-Policy', async () => {
    const { headers, lent } = await openSession('ada')
    await using context = await browser.newContext()
    const [name = '', value = ''] = headers.cookie.split('=')
    await context.addCookies([{ name, value, url: machine.http, httpOnly: true, sameSite: 'Strict' }])
    const page = await context.newPage()
    await page.goto(`${machine.http}/readyz`)
    const seen = await page.evaluate(`(${REGISTER_BY_HAND})(${JSON.stringify(lent)})`)
    expect(seen).toEqual({ protocol: 'sip', answers: ['401', '200'], pong: '\r\n' })
    await registered(1)
    await page.close()
    await registered(0)
  })
})
