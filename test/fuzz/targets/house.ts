import { silentLog } from '../../../src/shared/log.ts'
import { CALLER, HOUSE, openHouse } from '../../helpers/in-memory-house.ts'
import { holds, type Target } from '../target.ts'
import { tortureMessages } from './sip-message.ts'

/** Within the home network: phones may register from there. */
const PHONE = '192.0.2.7'
/** In it a call may ring, and a message be left. */
const CHECK_MS = 1000
/** By then whatever was begun is over: the longest message, a lost caller, the longest transaction. */
const END_MS = 400_000

const offer = [
  'v=0',
  `o=- 1 1 IN IP4 ${CALLER}`,
  's=-',
  `c=IN IP4 ${CALLER}`,
  't=0 0',
  'm=audio 30000 RTP/AVP 0 101',
  'a=rtpmap:101 telephone-event/8000',
  '',
].join('\r\n')

interface Parts {
  readonly from?: string
  readonly headers?: readonly string[]
  readonly body?: string
  readonly uri?: string
}

function request(
  method: string,
  { from = CALLER, headers = [], body = '', uri = `sip:home@${HOUSE}` }: Parts = {},
) {
  return Buffer.from(
    [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${from};branch=z9hG4bK-${method};rport`,
      'Max-Forwards: 70',
      `From: "Alice" <sip:desk@${from}>;tag=alice`,
      `To: <sip:home@${HOUSE}>`,
      `Call-ID: ${method}@${from}`,
      `CSeq: 1 ${method}`,
      `Contact: <sip:alice@${from}>`,
      ...headers,
      ...(body && ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}

/**
 * The whole machine, as a provider's trunk, a telephone and a browser speak to it (RFC 3261 and what builds on it): it says
 * nothing that can't be read, logs no error, and in the end has no call, dialog or transaction left.
 */
export const house: Target = {
  name: 'house',
  shape: 'text',
  seeds: [
    request('INVITE', { body: offer }),
    request('INVITE', { headers: ['Require: 100rel', 'Supported: timer', 'Session-Expires: 90'] }),
    request('INVITE', { from: PHONE, body: offer, headers: [`Replaces: x@${CALLER};to-tag=1;from-tag=2`] }),
    request('REGISTER', {
      from: PHONE,
      headers: ['Expires: 60', 'Path: <sip:192.0.2.9;lr>'],
      uri: `sip:${HOUSE}`,
    }),
    request('SUBSCRIBE', { from: PHONE, headers: ['Event: dialog', 'Expires: 60'] }),
    request('CANCEL'),
    request('ACK'),
    request('OPTIONS'),
    request('REFER', { from: PHONE, headers: ['Refer-To: <sip:desk@192.0.2.2?Replaces=a%3Bto-tag%3Db>'] }),
    ...tortureMessages,
  ],
  async open() {
    const errors: unknown[] = []
    const log = Object.assign(Object.create(silentLog), {
      error: (...said: unknown[]) => void errors.push(said),
      child: () => log,
    }) as typeof silentLog
    const house = await openHouse({ log, line: { ringSeconds: 1 }, phones: [{ name: 'desk' }] })
    const nothing = { onMessage() {}, onBroken() {}, onSendFailed() {} }
    const phone = house.network.udp(PHONE, 5060, nothing)
    const stranger = house.network.udp('203.0.113.5', 5060, nothing)
    const trunk = house.network.udp(CALLER, 5070, nothing)
    const to = { transport: 'udp', address: HOUSE, port: 5060 } as const
    let browser = house.browser('ada')
    const hasNoError = () => holds(errors.length === 0, `an error was logged: ${JSON.stringify(errors[0])}`)
    return {
      take(input) {
        for (const way of [trunk, phone, stranger]) way.send(Buffer.from(input), to)
        if (browser.browser.closedBy !== undefined) browser = house.browser('ada')
        browser.browser.say(input)
        browser.browser.say(input.toString('latin1'))
      },
      async check() {
        await house.pass(CHECK_MS)
        hasNoError()
      },
      async close() {
        await house.pass(END_MS)
        hasNoError()
        const { dialogs, transactions } = house.endpoint.size
        holds(
          dialogs === 0 && transactions === 0,
          `${dialogs} dialogs and ${transactions} transactions are left`,
        )
        await house.invite()
        holds(house.caller.statuses('1 INVITE').includes(180), 'a call does not ring any more')
        await house[Symbol.asyncDispose]()
      },
    }
  },
}
