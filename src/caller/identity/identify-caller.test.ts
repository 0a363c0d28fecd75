import { describe, expect, it } from 'vitest'
import { parseMessage } from '../../sip/message/parse.ts'
import { type IdentitySettings, identifyCaller } from './identify-caller.ts'

const berlin: IdentitySettings = { country: 'DE', areaCode: '30', trustVerstat: true }

/** Who calls, by an INVITE with these header lines. */
function read(lines: readonly string[], settings = berlin) {
  const text = `INVITE sip:home@192.0.2.2 SIP/2.0\r\n${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`
  const parsed = parseMessage(Buffer.from(text), 'datagram')
  if (!parsed.ok || parsed.message.kind !== 'request') throw new Error('broken test')
  return identifyCaller(parsed.message.headers, settings)
}

function identify(...lines: readonly string[]) {
  const { number, name } = read(lines).facts
  return [number, name]
}

describe('who is calling', () => {
  it.each([
    ['"Erna Müller" <sip:+49301234@fritz.box>;tag=1', '+49301234', 'Erna Müller'],
    ['Müller <sip:+49301234@fritz.box>;tag=1', '+49301234', 'Müller'],
    ['"Erna \\"E\\" M\\\\" <sip:030%2D1234@pbx>', '0301234', 'Erna "E" M\\'],
    ['<sip:%2B49301234@pbx:5060;user=phone>;tag=1', '+49301234', null],
    ['"+49301234" <sip:+49301234@pbx>', '+49301234', null],
    ['<sip:301234;phone-context=+49@pbx;user=phone>', '301234', null],
    ['<tel:+49-30-1234;phone-context=example.com>', '+49301234', null],
    ['sip:620@192.168.178.1;tag=1', '620', null],
    ['<sip:alice.b@example.com>', 'alice.b', null],
    ['"Door" <sip:192.168.1.20>;tag=1', null, 'Door'],
    ['"Anonymous" <sip:anonymous@anonymous.invalid>', null, null],
    ['"Anonymous" <sip:Anonymous@fritz.box>', null, null],
    ['"nobody" <sip:c8oqz84zk7z@privacy.invalid>', null, null],
  ])('reads From: %s', (from, number, name) => {
    expect(identify(`From: ${from}`)).toEqual([number, name])
  })

  const FROM = 'From: "Pretender" <sip:666@example.com>;tag=1'
  it.each([
    [['<sip:+49301234@example.com>'], '+49301234', 'Pretender'],
    [['"Erna" <tel:+49301234>, <sip:erna@example.com>'], '+49301234', 'Erna'],
    [['broken <', '<sip:+49301234@example.com>'], '+49301234', 'Pretender'],
    [['<sip:provider.example.com>'], '666', 'Pretender'],
    [['<sip:anonymous@anonymous.invalid>'], null, null],
  ])('believes P-Asserted-Identity %j more than From (RFC 3325)', (asserted, number, name) => {
    expect(identify(FROM, ...asserted.map((value) => `P-Asserted-Identity: ${value}`))).toEqual([
      number,
      name,
    ])
  })

  it.each(['id', 'header;id', 'user; critical'])('withholds it for Privacy: %s (RFC 3323 §4.2)', (wish) => {
    expect(identify(FROM, `Privacy: ${wish}`, 'P-Asserted-Identity: <tel:+49301234>')).toEqual([null, null])
  })

  it('keeps nothing that would not be read: endless, control characters, turned writing', () => {
    const [number, name] = identify(
      `From: "${'x'.repeat(5000)}" <sip:%00%0a${'1'.repeat(5000)}@example.com>;tag=1`,
    )
    expect(number).toBe('1'.repeat(128))
    expect(name).toBe('x'.repeat(128))
    expect(identify('From: "a\u202eb\tc" <sip:1@example.com>')).toEqual(['1', 'abc'])
  })
})

const ERNA = 'From: "Erna" <sip:0301234567@pbx>;tag=1'

describe('what else the line says', () => {
  it('gives the number in E.164 by the country and area code of the line, beside what it wrote', () => {
    expect(read(['From: <sip:1234567@fritz.box>']).facts).toMatchObject({
      number: '1234567',
      e164: '+49301234567',
      source: 'from',
      withheldBy: null,
    })
    const nowhere = { ...berlin, country: null, areaCode: null }
    expect(read([ERNA], nowhere).facts.e164).toBeNull()
    expect(read(['From: <sip:1234567;phone-context=+4930@pbx;user=phone>'], nowhere).facts.e164).toBe(
      '+49301234567',
    )
    expect(read(['From: <sip:**620@fritz.box>']).facts).toMatchObject({ number: '**620', e164: null })
  })

  it.each([
    ['"B" <sip:+49302222222@pbx>;party=calling;screen=yes;privacy=off', '+49302222222', 'B'],
    // A PBX writes it of any caller from outside.
    ['<sip:+49302222222@pbx>;screen=no', '+49302222222', 'Erna'],
    ['"B" <sip:+49302222222@pbx>;party=called', '0301234567', 'Erna'],
    ['"B" <sip:+49302222222@pbx>;privacy=full', null, null],
    ['"B" <sip:+49302222222@pbx>;privacy=uri', null, null],
    ['"B" <sip:+49302222222@pbx>;privacy=name', '+49302222222', null],
    ['broken', '0301234567', 'Erna'],
  ])('reads Remote-Party-ID: %s (draft-ietf-sip-privacy-04 §5)', (value, number, name) => {
    expect(identify(ERNA, `Remote-Party-ID: ${value}`)).toEqual([number, name])
  })

  it('says which header the number is from: P-Asserted-Identity, Remote-Party-ID, From', () => {
    const asserted = 'P-Asserted-Identity: <sip:+49303333333@pbx>'
    const remote = 'Remote-Party-ID: <sip:+49302222222@pbx>'
    expect(read([ERNA, remote, asserted]).facts.source).toBe('p-asserted-identity')
    expect(read([ERNA, remote]).facts.source).toBe('remote-party-id')
    expect(read([ERNA]).facts.source).toBe('from')
    expect(read(['From: <sip:anonymous@anonymous.invalid>']).facts.source).toBeNull()
  })

  it('tells who withholds a number: the caller, or the network', () => {
    expect(read([ERNA, 'Privacy: id']).facts.withheldBy).toBe('caller')
    expect(read([ERNA, 'Remote-Party-ID: <sip:1@pbx>;privacy=full']).facts.withheldBy).toBe('caller')
    expect(read(['From: "Unavailable" <sip:Restricted@carrier>']).facts).toMatchObject({
      withheldBy: 'network',
      number: null,
      name: null,
    })
    expect(read([ERNA, 'Privacy: none']).facts.withheldBy).toBeNull()
  })

  it('tells through whom the call came, the last one first (RFC 5806)', () => {
    const { divertedFrom } = read([
      ERNA,
      'Diversion: <sip:0307654321@pbx>;reason=no-answer;counter=1, <tel:+49-40-111111>;reason=Unconditional',
      'Diversion: <sip:0309999999@pbx>;reason=user-busy;privacy=full, <sip:x@pbx>;reason="?<>"',
    ]).facts
    expect(divertedFrom).toEqual([
      { number: '0307654321', e164: '+49307654321', reason: 'no-answer' },
      { number: '+4940111111', e164: '+4940111111', reason: 'unconditional' },
      { number: null, e164: null, reason: 'user-busy' },
      { number: 'x', e164: null, reason: null },
    ])
  })

  it('reads the same from History-Info, with its reasons and what it hides (RFC 7044, RFC 4458)', () => {
    const { divertedFrom } = read([
      ERNA,
      'History-Info: <sip:0301111111@pbx?Reason=SIP%3Bcause%3D302%3Btext%3D%22Moved%22>;index=1',
      'History-Info: <sip:0302222222@pbx?privacy=history&Reason=SIP%3Bcause%3D486>;index=1.1;mp=1',
      'History-Info: <sip:0303333333@pbx>;index=1.2, <sip:home@here;cause=408>;index=1.3',
    ]).facts
    expect(divertedFrom).toEqual([
      { number: '0303333333', e164: '+49303333333', reason: 'no-answer' },
      { number: null, e164: null, reason: 'user-busy' },
      { number: '0301111111', e164: '+49301111111', reason: 'unconditional' },
    ])
    // A single entry is this line itself.
    expect(read([ERNA, 'History-Info: <sip:home@here>;index=1']).facts.divertedFrom).toEqual([])
  })

  it.each([
    ['From: <sip:+49301234567;verstat=TN-Validation-Passed@carrier;user=phone>', 'passed', null],
    ['From: <sip:+49301234567@carrier;user=phone;verstat=TN-Validation-Failed>', 'failed', null],
    ['From: <tel:+49301234567;verstat=TN-Validation-Passed-A>', 'passed', 'A'],
    ['From: <sip:+49301234567@carrier>;verstat=No-TN-Validation', 'none', null],
  ])('reads verstat where its owner trusts the provider: %s', (from, verdict, level) => {
    expect(read([from]).facts.attestation).toEqual({ verdict, level, by: 'verstat' })
    expect(read([from], { ...berlin, trustVerstat: false }).facts.attestation).toBeNull()
  })

  it('takes the level from P-Attestation-Indicator, and nothing from a verstat that is none', () => {
    const passed = 'From: <sip:+49301234567;verstat=TN-Validation-Passed@carrier>'
    expect(read([passed, 'P-Attestation-Indicator: B']).facts.attestation?.level).toBe('B')
    expect(read(['From: <sip:1@c>;verstat=yes', 'P-Attestation-Indicator: A']).facts.attestation).toBeNull()
  })

  it.each([
    ['From: "SPAM?" <sip:1@c>', ['name']],
    ['From: "Potential Spam" <sip:1@c>', ['name']],
    ['From: "Spamann, Ute" <sip:1@c>', []],
    ['From: "Scamander" <sip:1@c>', []],
  ])('sees that somebody takes it for spam: %s', (from, hints) => {
    expect(read([from]).facts.spamHints).toEqual(hints)
  })

  it('sees it in Call-Info (draft-ietf-sipcore-callinfo-spam)', () => {
    const rated = (spam: string) =>
      read([ERNA, `Call-Info: <https://a.example/x>;source=carrier;spam=${spam}`]).facts.spamHints
    expect(rated('85')).toEqual(['call-info'])
    expect(rated('20')).toEqual([])
    expect(rated('9999')).toEqual([])
  })

  it('lists what the line said header by header, without what is withheld', () => {
    const lines = [ERNA, 'Diversion: <sip:0307654321@pbx>;reason=no-answer']
    expect(read(lines).said).toEqual([
      {
        header: 'From',
        value: '"Erna" <sip:0301234567@pbx>;tag=1',
        number: '0301234567',
        name: 'Erna',
        reason: null,
      },
      {
        header: 'Diversion',
        value: '<sip:0307654321@pbx>;reason=no-answer',
        number: '0307654321',
        name: null,
        reason: 'no-answer',
      },
    ])
    const hidden = JSON.stringify(
      read([...lines, 'Privacy: id;critical', 'P-Asserted-Identity: <tel:+4930>']).said,
    )
    expect(hidden).not.toMatch(/Erna|0301234567|\+4930/)
    expect(hidden).toContain('id; critical')
    // Who sent the call on asks for himself.
    const secret = read([ERNA, 'Diversion: <sip:0307654321@pbx>;privacy=full'])
    expect(JSON.stringify(secret)).not.toContain('0307654321')
  })

  it('keeps few of many, and no more of a value than anybody reads', () => {
    const many = (name: string) =>
      `${name}: ${Array(150)
        .fill(`<sip:1@${'x'.repeat(50)}>`)
        .join(',')}`
    const { said } = read([
      `From: "${'x'.repeat(9000)}" <sip:1@c>`,
      ...['P-Asserted-Identity', 'Remote-Party-ID', 'Diversion', 'History-Info', 'Call-Info'].map(many),
    ])
    expect(said.length).toBeLessThan(40)
    expect(Math.max(...said.map(({ value }) => value.length))).toBeLessThanOrEqual(300)
  })
})
