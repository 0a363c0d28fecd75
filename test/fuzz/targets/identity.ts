import { identifyCaller } from '../../../src/caller/identity/identify-caller.ts'
import { readPassports } from '../../../src/caller/stir/passport.ts'
import { mayVouchFor, readTnAuthList } from '../../../src/caller/stir/tn-auth-list.ts'
import { parseMessage } from '../../../src/sip/message/parse.ts'
import { rangeList, spcList } from '../../helpers/stir-authority.ts'
import { holds, type Target } from '../target.ts'

const LINE = { country: 'DE', areaCode: '30', trustVerstat: true }
const IMPLIED = { orig: '493012345', dest: '493054321' }
const LONGEST_SAID = 300
const MOST_SAID = 50

const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')
const TOKEN = [
  part({ alg: 'ES256', typ: 'passport', ppt: 'shaken', x5u: 'https://c.example/c.pem' }),
  part({
    attest: 'A',
    dest: { tn: ['493054321'] },
    iat: 1,
    orig: { tn: '493012345' },
    origid: '1',
    div: { tn: '4930' },
  }),
  'c2lnbmF0dXJl',
].join('.')

const invite = (...lines: readonly string[]) =>
  Buffer.from(`INVITE sip:home@192.0.2.2 SIP/2.0\r\n${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`)

/** Who calls, by all headers that say so, and signatures that are read before they are checked. */
export const identity: Target = {
  name: 'identity',
  shape: 'text',
  seeds: [
    invite(
      'From: "Erna M\\"" <sip:030%2D12345;phone-context=+49;verstat=TN-Validation-Passed-A@p;user=phone>;tag=1',
      'P-Asserted-Identity: "E" <tel:+49-30-12345>, <sip:+493012345@p>',
      'Privacy: id;header;critical',
    ),
    invite(
      'From: <sip:12345678@p>;tag=1',
      'Remote-Party-ID: "B" <sip:+49302222222@p>;party=calling;screen=yes;privacy=name',
      'Diversion: <sip:0301@p>;reason=no-answer;counter=1, "x" <tel:+4930>;reason="user-busy";privacy=full',
      'Call-Info: <https://a.example>;source=c;spam=85;type="x"',
    ),
    invite(
      'f: sip:1@p',
      'History-Info: <sip:1@p?Reason=SIP%3Bcause%3D302%3Btext%3D%22x%22&Privacy=history>;index=1',
      'History-Info: <sip:2@p;cause=486>;index=1.1;mp=1, <sip:3@p>;index=1.2',
    ),
    invite(
      'From: <sip:+493012345@p>;tag=1',
      'Date: Fri, 27 Nov 2026 06:00:00 GMT',
      `Identity: ${TOKEN};info=<https://c.example/c.pem>;alg=ES256;ppt="shaken"`,
      'y: ..c2lnbmF0dXJl;info=<https://c.example/c.pem>, x;ppt=div',
    ),
    Buffer.from(spcList('1234')),
    Buffer.from(rangeList('493012300', 100)),
  ],
  open: async () => ({
    take(bytes) {
      const list = readTnAuthList(bytes)
      if (list) mayVouchFor(list, '493012345')
      const parsed = parseMessage(bytes, 'datagram')
      if (!parsed.ok || parsed.message.kind !== 'request') return
      const { facts, said } = identifyCaller(parsed.message.headers, LINE)
      holds(said.length <= MOST_SAID, 'keeps too many headers')
      holds(
        said.every(({ value }) => value.length <= LONGEST_SAID),
        'keeps too much of a header',
      )
      holds(facts.withheldBy === null || facts.number === null, 'tells what is withheld')
      holds(facts.e164 === null || /^\+[1-9]\d{3,17}$/.test(facts.e164), 'makes E.164 that is none')
      const { passports } = readPassports(parsed.message, IMPLIED)
      for (const { x5u } of passports) holds(x5u.startsWith('https:'), 'would fetch by another scheme')
    },
  }),
}
