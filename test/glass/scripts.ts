import type { Caller } from './caller.ts'
import type { Script } from './stage.ts'

/** Ring time of most scripts, in seconds: short, since nothing happens but what the sides do. */
const RING = { line: { ringSeconds: 4 } }
const RING_MS = 4000
/** The shipped greeting and the beep, with a little to spare. */
const GREETED_MS = 3800
/** What is said before a name is heard, and to who does not pass a gate, each with the beep. */
const NAME_ASKED_MS = 4700
const TURNED_AWAY_MS = 5600

/** What callers do. A new script is a new entry. */
export const scripts: readonly Script[] = [
  {
    name: 'leaves a message',
    house: RING,
    async play(caller) {
      caller.invite()
      await caller.pass(RING_MS + 12)
      caller.ack()
      await caller.pass(GREETED_MS)
      await caller.speak(2000)
      caller.report()
      await caller.speak(1500)
      await caller.press('5')
      await caller.speak(2500)
      caller.request('BYE')
    },
  },
  {
    name: 'presses keys and talks while it is greeted, and ends with #',
    house: RING,
    async play(caller) {
      caller.invite({ headers: ['Supported: 100rel, timer', 'Session-Expires: 1800'] })
      await caller.pass(RING_MS + 2)
      caller.ack()
      await caller.speak(600)
      // What may be a PIN: it does what these keys do, whether there is one or not.
      for (const key of '*111111') await caller.press(key)
      await caller.speak(300)
      await caller.press('#')
      await caller.pass(400)
      await caller.speak(3000)
      await caller.press('#')
      await caller.pass(5000)
      caller.answer('BYE')
    },
  },
  {
    name: 'cancels while it rings',
    house: RING,
    async play(caller) {
      caller.invite()
      await caller.pass(2345)
      caller.cancel()
      await caller.pass(5)
      caller.ack()
    },
  },
  {
    name: 'hangs up in the greeting',
    house: RING,
    async play(caller) {
      caller.invite()
      await caller.pass(RING_MS + 30)
      caller.ack()
      await caller.speak(1000)
      caller.request('BYE')
    },
  },
  {
    name: 'offers late, and in G.711 A-law',
    house: RING,
    async play(caller) {
      caller.invite({ sdp: null })
      await caller.pass(RING_MS + 12)
      caller.ack(caller.describe().replace('RTP/AVP 0 8', 'RTP/AVP 8'))
      await caller.pass(GREETED_MS + 4000)
      caller.request('BYE')
    },
  },
  {
    name: 'requires 100rel and loses the first 180',
    house: RING,
    async play(caller) {
      caller.invite({ headers: ['Require: 100rel', 'Supported: 100rel'] })
      await caller.pass(700)
      const rseq = caller.peer.response('1 INVITE', 180)?.headers.first('RSeq') ?? '0'
      caller.request('PRACK', { headers: [`RAck: ${rseq} 1 INVITE`] })
      await caller.pass(RING_MS - 700 + 600)
      caller.ack()
      await caller.pass(GREETED_MS)
      await caller.speak(1200)
      caller.request('BYE')
    },
  },
  {
    name: 'requires 100rel, and offers nothing: the ringing has our offer, the PRACK the answer',
    house: RING,
    async play(caller) {
      caller.invite({ sdp: null, headers: ['Require: 100rel', 'Supported: 100rel'] })
      await caller.pass(100)
      const rseq = caller.peer.response('1 INVITE', 180)?.headers.first('RSeq') ?? '0'
      caller.request('PRACK', { headers: [`RAck: ${rseq} 1 INVITE`], body: caller.describe() })
      await caller.pass(RING_MS)
      caller.ack()
      await caller.pass(GREETED_MS)
      await caller.speak(1200)
      caller.request('BYE')
    },
  },
  {
    name: 'talks until the longest message is over',
    house: { ...RING, mailbox: { longestSeconds: 8 } },
    async play(caller) {
      caller.invite()
      await caller.pass(RING_MS + 12)
      caller.ack()
      await caller.pass(GREETED_MS)
      await caller.speak(14_000)
      caller.answer('BYE')
    },
  },
  {
    name: 'says nothing until the machine gives up',
    house: { ...RING, mailbox: { silenceSeconds: 3 } },
    async play(caller) {
      caller.invite()
      await caller.pass(RING_MS + 12)
      caller.ack()
      await caller.pass(GREETED_MS + 40_000)
      caller.answer('BYE')
    },
  },
  {
    name: 'holds, resumes, refreshes and asks while it talks',
    house: RING,
    async play(caller) {
      caller.invite({ headers: ['Supported: timer', 'Session-Expires: 90;refresher=uac'] })
      await caller.pass(RING_MS + 12)
      caller.ack()
      await caller.pass(GREETED_MS)
      await caller.speak(1000)
      for (const direction of ['sendonly', 'sendrecv']) {
        caller.request('INVITE', { body: caller.describe(direction) })
        await caller.pass(20)
        caller.request('ACK', { sameCseq: true })
        await caller.speak(700)
      }
      caller.request('UPDATE', { headers: ['Supported: timer', 'Session-Expires: 90;refresher=uac'] })
      await caller.speak(300)
      caller.request('OPTIONS')
      await caller.speak(300)
      caller.request('INFO', {
        headers: ['Content-Type: application/dtmf-relay'],
        body: 'Signal=3\r\nDuration=100\r\n',
      })
      await caller.speak(300)
      caller.request('BYE')
    },
  },
  {
    name: 'never acknowledges',
    house: RING,
    async play(caller) {
      caller.invite()
      await caller.pass(RING_MS + 33_000)
    },
  },
  {
    name: 'vanishes in the middle of the message',
    house: RING,
    async play(caller) {
      caller.invite()
      await caller.pass(RING_MS + 12)
      caller.ack()
      await caller.pass(GREETED_MS)
      await caller.speak(1000)
      await caller.pass(32_000)
    },
  },
  {
    name: 'is answered at once',
    house: { line: { ringSeconds: 0 } },
    async play(caller) {
      caller.invite()
      await caller.pass(40)
      caller.ack()
      await caller.pass(GREETED_MS)
      await caller.speak(4000)
      caller.request('BYE')
    },
  },
  {
    name: 'offers what nobody can play',
    house: RING,
    async play(caller) {
      caller.invite()
      await caller.pass(RING_MS + 12)
      caller.ack()
      await caller.pass(500)
      caller.request('INVITE', { body: caller.describe().replace('RTP/AVP 0 8', 'RTP/AVP 18') })
      await caller.pass(20)
      caller.request('ACK', { sameCseq: true })
      await caller.pass(500)
      caller.request('BYE')
    },
  },
  {
    name: 'presses the key of a gate after a wrong one, hears it ring, and leaves a message',
    house: RING,
    gate: { kind: 'key', digit: '5' },
    async play(caller) {
      caller.invite()
      await caller.pass(12)
      caller.ack()
      await caller.pass(1500)
      await caller.press('1')
      await caller.pass(5500)
      await caller.press('5')
      await caller.pass(RING_MS + GREETED_MS)
      await caller.speak(1500)
      caller.request('BYE')
    },
  },
  {
    name: 'does not pass a gate, and speaks into junk',
    house: RING,
    gate: { kind: 'key', digit: '5' },
    async play(caller) {
      caller.invite()
      await caller.pass(12)
      caller.ack()
      await caller.pass(700)
      for (const key of '123') await caller.press(key)
      await caller.pass(TURNED_AWAY_MS)
      await caller.speak(1500)
      caller.request('BYE')
    },
  },
  {
    name: 'says a name at a gate, hears it ring, and leaves a message',
    house: RING,
    gate: { kind: 'name' },
    async play(caller) {
      caller.invite()
      await caller.pass(12)
      caller.ack()
      await caller.pass(NAME_ASKED_MS)
      await caller.speak(900)
      await caller.pass(1600 + RING_MS + GREETED_MS)
      await caller.speak(1500)
      caller.request('BYE')
    },
  },
  { name: 'pries: asks for all that a phone or a subscriber would', house: RING, play: pry },
  {
    name: 'pries, from the network where the phones are',
    house: RING,
    amongPhones: true,
    play: pry,
  },
]

/** Asks for everything, outside the call and within. */
async function pry(caller: Caller): Promise<void> {
  const to = 'sip:home@192.0.2.2'
  const asks: readonly (readonly [string, readonly string[], string?])[] = [
    ['OPTIONS', []],
    ['OPTIONS', ['Accept: application/sdp'], 'sip:kitchen@192.0.2.2'],
    ['REGISTER', ['Expires: 60'], 'sip:192.0.2.2'],
    ['SUBSCRIBE', ['Event: dialog', 'Expires: 60']],
    ['SUBSCRIBE', ['Event: message-summary', 'Expires: 60']],
    ['SUBSCRIBE', ['Event: presence', 'Expires: 60'], 'sip:kitchen@192.0.2.2'],
    ['MESSAGE', []],
    ['REFER', ['Refer-To: <sip:kitchen@192.0.2.2>']],
    ['NOTIFY', ['Event: message-summary']],
    ['INVITE', ['Require: replaces', 'Replaces: glass@192.0.2.1;to-tag=a;from-tag=alice']],
    ['INVITE', ['Join: glass@192.0.2.1;to-tag=a;from-tag=alice']],
    ['INVITE', [], 'sip:kitchen@192.0.2.2'],
    ['INVITE', [], 'sip:*1@192.0.2.2'],
    ['BYE', []],
  ]
  caller.invite({ headers: ['Supported: replaces, join, tdialog'] })
  for (const [method, headers, uri = to] of asks) {
    await caller.pass(150)
    caller.request(method, {
      headers,
      uri,
      outside: true,
      body: method === 'INVITE' ? caller.describe() : '',
    })
  }
  await caller.pass(RING_MS - 150 * asks.length + 12)
  caller.ack()
  for (const method of ['REFER', 'SUBSCRIBE', 'MESSAGE', 'NOTIFY', 'FOO']) {
    await caller.pass(200)
    caller.request(method, { headers: ['Refer-To: <sip:x@192.0.2.9>', 'Event: dialog'] })
  }
  await caller.pass(200)
  caller.request('BYE')
}
