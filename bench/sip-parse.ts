import { parseMessage } from '../src/sip/message/parse.ts'
import { callIdOf, contactsOf, cseqOf, fromOf, toOf, topVia } from '../src/sip/message/read.ts'
import { serialize } from '../src/sip/message/serialize.ts'
import { validateRequest } from '../src/sip/message/validate.ts'

/**
 * CPU µs to read a usual INVITE with SDP, as a desk phone sends it through a proxy. The floor is to cut the same
 * bytes at their line ends and do nothing with them. Rounds alternate, and the best of each counts: the rest is noise
 * of the machine.
 */
const sdp = [
  'v=0',
  'o=- 20518 0 IN IP4 203.0.113.141',
  's=-',
  'c=IN IP4 203.0.113.141',
  't=0 0',
  'm=audio 49170 RTP/AVP 0 8 9 18 101',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:18 G729/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-16',
  'a=ptime:20',
  'a=sendrecv',
  '',
].join('\r\n')

const invite = Buffer.from(
  [
    'INVITE sip:mailbox@192.0.2.10:5060;transport=udp SIP/2.0',
    'Via: SIP/2.0/UDP 198.51.100.1:5060;branch=z9hG4bK2d4f790c6b8e2a31;rport',
    'Via: SIP/2.0/UDP 203.0.113.141:5062;branch=z9hG4bK776asdhds;received=203.0.113.141;rport=5062',
    'Record-Route: <sip:198.51.100.1;lr;ftag=1928301774>',
    'Max-Forwards: 69',
    'From: "Alice Liddell" <sip:+4930123456@example.com>;tag=1928301774',
    'To: <sip:mailbox@example.com>',
    'Call-ID: a84b4c76e66710@pc33.example.com',
    'CSeq: 314159 INVITE',
    'Contact: <sip:alice@203.0.113.141:5062>',
    'Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, UPDATE, PRACK',
    'Supported: replaces, timer, 100rel',
    'Session-Expires: 1800',
    'User-Agent: Deskphone/3.2.1',
    'Content-Type: application/sdp',
    `Content-Length: ${sdp.length}`,
    '',
    sdp,
  ].join('\r\n'),
)

let sink = 0

function split(): void {
  sink += invite.toString().split('\r\n').length
}

function read(): void {
  const parsed = parseMessage(invite, 'datagram')
  if (!parsed.ok) throw new Error(parsed.failure.why)
  const { message } = parsed
  const contacts = contactsOf(message)
  sink += (topVia(message)?.port ?? 0) + (cseqOf(message)?.number ?? 0) + (callIdOf(message)?.length ?? 0)
  sink += (fromOf(message)?.uri.length ?? 0) + (toOf(message)?.uri.length ?? 0) + (contacts?.length ?? 0)
}

function readAndValidate(): void {
  const parsed = parseMessage(invite, 'datagram')
  if (!parsed.ok || parsed.message.kind !== 'request') throw new Error('no request')
  if (validateRequest(parsed.message) !== undefined) throw new Error('refused')
}

const parsed = parseMessage(invite, 'datagram')
function write(): void {
  if (parsed.ok) sink += serialize(parsed.message).length
}

const MESSAGES = 20_000
const tasks = { floor: split, read, readAndValidate, write }
const best = new Map<string, number>()
for (let round = 0; round < 12; round++) {
  for (const [name, task] of Object.entries(tasks)) {
    const before = process.cpuUsage()
    for (let count = 0; count < MESSAGES; count++) task()
    const { user, system } = process.cpuUsage(before)
    best.set(name, Math.min(best.get(name) ?? Infinity, (user + system) / MESSAGES))
  }
}

const micros = (name: keyof typeof tasks) => (best.get(name) ?? 0).toFixed(2)
console.log(`INVITE of ${invite.length} bytes, CPU µs a message, best of 12 rounds of ${MESSAGES}`)
console.log(`  floor: toString().split('\\r\\n')                          ${micros('floor')}`)
console.log(`  parse, read Via From To Call-ID CSeq Contact (target 15) ${micros('read')}`)
console.log(`  parse and validate                                       ${micros('readAndValidate')}`)
console.log(`  serialize                                                ${micros('write')}`)
if (sink === 0) process.exitCode = 1
