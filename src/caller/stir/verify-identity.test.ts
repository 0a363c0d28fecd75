import { beforeAll, describe, expect, it } from 'vitest'
import {
  identityHeader,
  makeAuthority,
  makeCertificate,
  oneNumberList,
  rangeList,
  type Signed,
} from '../../../test/helpers/stir-authority.ts'
import { Headers } from '../../sip/message/headers.ts'
import { findSigner } from './signer.ts'
import { verifyIdentity } from './verify-identity.ts'

const NOW = Date.UTC(2026, 10, 27, 6, 0, 0)
const X5U = 'https://certificates.example/provider.pem'
const CALL = { caller: '+16135550100', dialled: ['+16135550199', 'home'], at: NOW }
const CLAIMS = {
  attest: 'A',
  dest: { tn: ['16135550199'] },
  iat: NOW / 1000,
  orig: { tn: '16135550100' },
  origid: '0123-45',
}

let root: Signed
let provider: Signed
beforeAll(async () => {
  ;({ root, provider } = await makeAuthority(NOW))
})

/** What comes of these Identity headers, where certificates are what `files` says. */
async function verify(values: readonly string[], files: Record<string, string> = {}, call = CALL) {
  const headers = new Headers(values.map((value) => ['Identity', value] as const))
  const all: Record<string, string> = { [X5U]: provider.pem, ...files }
  return verifyIdentity({ headers }, call, async (url) => findSigner(all[url] ?? '', [root.certificate]))
}

const sign = (claims: object = {}, header: object = {}, ppt?: string) =>
  identityHeader(provider, { x5u: X5U, claims: { ...CLAIMS, ...claims }, header, ...(ppt && { ppt }) })

const passed = (level: string | null) => ({ verdict: 'passed', level, by: 'signature' })
const failed = { verdict: 'failed', level: null, by: 'signature' }

describe('a signature under a number (RFC 8224 §6.2)', () => {
  it.each(['A', 'B', 'C'])('of level %s is told (RFC 8588 §4)', async (attest) => {
    expect(await verify([await sign({ attest })])).toEqual(passed(attest))
  })

  it('may be up to a minute old, or of a clock ahead', async () => {
    for (const seconds of [-60, 60]) {
      expect(await verify([await sign({ iat: NOW / 1000 + seconds })])).toEqual(passed('A'))
    }
    for (const seconds of [-61, 61, -86_400]) {
      expect(await verify([await sign({ iat: NOW / 1000 + seconds })])).toEqual(failed)
    }
  })

  it('is of these two numbers, however they are written (§8.3)', async () => {
    expect(await verify([await sign({ orig: { tn: '+1-613-555.0100' } })])).toEqual(passed('A'))
    expect(await verify([await sign({ orig: { tn: '16135550101' } })])).toEqual(failed)
    expect(await verify([await sign({ dest: { tn: ['16135550190'] } })])).toEqual(failed)
    expect(await verify([await sign({ dest: { tn: ['16135550190', '16135550199'] } })])).toEqual(passed('A'))
  })

  it('is by ES256 and nothing else', async () => {
    const [header = '', rest = ''] = (await sign()).split(/\.(.*)/s)
    const other = (alg: string) => {
      const decoded = JSON.parse(Buffer.from(header, 'base64url').toString())
      return `${Buffer.from(JSON.stringify({ ...decoded, alg })).toString('base64url')}.${rest}`
    }
    for (const alg of ['none', 'HS256', 'RS256', 'ES384']) expect(await verify([other(alg)])).toEqual(failed)
    expect(await verify([(await sign()).replace('alg=ES256', 'alg=RS256')])).toEqual(failed)
  })

  it('that was tampered with is wrong', async () => {
    const value = await sign()
    const [head = '', payload = '', signature = ''] = value.split('.')
    const forged = Buffer.from(JSON.stringify({ ...CLAIMS, attest: 'A', origid: 'x' })).toString('base64url')
    expect(payload).not.toBe(forged)
    expect(await verify([[head, forged, signature, ...value.split('.').slice(3)].join('.')])).toEqual(failed)
    expect(await verify([value.replace(`<${X5U}>`, '<https://other.example/x.pem>')])).toEqual(failed)
    expect(await verify([value.replace('ppt="shaken"', 'ppt="div"')])).toEqual(failed)
    expect(await verify([await sign({ attest: 'D' })])).toEqual(failed)
    expect(await verify([await sign({ origid: undefined })])).toEqual(failed)
    expect(await verify(['nonsense;ppt=shaken'])).toEqual(failed)
  })

  it('that nobody can judge is none', async () => {
    expect(await verify([])).toBeNull()
    // Of another kind: none of ours.
    expect(await verify([await sign({}, {}, 'rcd')])).toBeNull()
    // Its certificate can't be had.
    expect(await verify([await sign()], { [X5U]: '' })).toBeNull()
    // By which number this line is called, nobody knows.
    expect(await verify([await sign()], {}, { ...CALL, dialled: [] })).toBeNull()
    // Somebody has made a root of his own.
    const pretender = await makeAuthority(NOW)
    const value = await identityHeader(pretender.provider, { x5u: X5U, claims: CLAIMS })
    expect(await verify([value], { [X5U]: pretender.provider.pem })).toBeNull()
  })

  it('of whom the number is that sent the call on leads to us (RFC 8946)', async () => {
    const shaken = await sign({ dest: { tn: ['16135550150'] } })
    const div = (by: string, to: string) =>
      sign({ attest: undefined, origid: undefined, dest: { tn: [to] }, div: { tn: by } }, {}, 'div')
    expect(await verify([shaken])).toEqual(failed)
    expect(await verify([shaken, await div('16135550150', '16135550199')])).toEqual(passed('A'))
    const [first, second] = [await div('16135550150', '16135550151'), await div('16135550151', '16135550199')]
    expect(await verify([shaken, second, first])).toEqual(passed('A'))
    expect(await verify([shaken, first])).toEqual(failed)
    expect(
      await verify([shaken, (await div('16135550150', '16135550199')).replace(/\.[\w-]{9}/, '.AAAAAAAAA')]),
    ).toEqual(failed)
  })

  it('in compact form is of what the message says (RFC 8224 §4.1.1)', async () => {
    const date = new Date(NOW).toUTCString()
    const claims = { dest: { tn: ['16135550199'] }, iat: NOW / 1000, orig: { tn: '16135550100' } }
    const value = await identityHeader(provider, { x5u: X5U, claims, header: { ppt: undefined }, ppt: '' })
    const [, , signature = ''] = (value.split(';')[0] ?? '').split('.')
    const headers = new Headers([
      ['Date', date],
      ['Identity', `..${signature};info=<${X5U}>`],
    ])
    const signerAt = () => findSigner(provider.pem, [root.certificate])
    expect(await verifyIdentity({ headers }, CALL, signerAt)).toEqual(passed(null))
    expect(await verifyIdentity({ headers }, { ...CALL, caller: '+16135550101' }, signerAt)).toEqual(failed)
    // RFC 8588 §4: a provider's word is never left out.
    const short = new Headers([['Identity', `..${signature};info=<${X5U}>;ppt=shaken`]])
    expect(await verifyIdentity({ headers: short }, CALL, signerAt)).toEqual(failed)
  })
})

describe('who signs (RFC 8226)', () => {
  const byCertificate = async (
    parts: Parameters<typeof makeCertificate>[2],
    pem = (one: Signed) => one.pem,
  ) => {
    const signer = await makeCertificate('Signer', NOW, { issuer: root, ...parts })
    const value = await identityHeader(signer, { x5u: X5U, claims: CLAIMS })
    return verify([value], { [X5U]: pem(signer) })
  }

  it('may be one number, or a range of them', async () => {
    expect(await byCertificate({ tnAuthList: oneNumberList('16135550100') })).toEqual(passed('A'))
    expect(await byCertificate({ tnAuthList: oneNumberList('16135550101') })).toEqual(failed)
    expect(await byCertificate({ tnAuthList: rangeList('16135550000', 101) })).toEqual(passed('A'))
    expect(await byCertificate({ tnAuthList: rangeList('16135550000', 100) })).toEqual(failed)
  })

  it('is nobody without a list of numbers, with a broken one, or as an authority', async () => {
    expect(await byCertificate({})).toBeNull()
    expect(await byCertificate({ tnAuthList: Uint8Array.of(0x30, 0x03, 0xa0, 0x09, 0x16) })).toBeNull()
    expect(await byCertificate({ tnAuthList: oneNumberList('16135550100'), authority: true })).toBeNull()
  })

  it('has a certificate that is valid now', async () => {
    const tnAuthList = oneNumberList('16135550100')
    expect(await byCertificate({ tnAuthList, notAfter: NOW - 1000 })).toEqual(failed)
    expect(await byCertificate({ tnAuthList, notBefore: NOW + 1000 })).toEqual(failed)
  })

  it('is vouched for by an intermediate that may', async () => {
    const tnAuthList = oneNumberList('16135550100')
    const good = await makeCertificate('Middle', NOW, { issuer: root, authority: true, pathLength: 0 })
    const chain = (middle: Signed) => (one: Signed) => `${one.pem}\n${middle.pem}`
    expect(await byCertificate({ tnAuthList, issuer: good }, chain(good))).toEqual(passed('A'))
    expect(await byCertificate({ tnAuthList, issuer: good })).toBeNull()
    for (const wrong of [{ signsCertificates: true }, { authority: true, signsCertificates: false }]) {
      const bad = await makeCertificate('Subscriber', NOW, { issuer: root, ...wrong })
      expect(await byCertificate({ tnAuthList, issuer: bad }, chain(bad))).toBeNull()
    }
    const lower = await makeCertificate('Lower', NOW, { issuer: good, authority: true })
    expect(
      await byCertificate({ tnAuthList, issuer: lower }, (one) =>
        [one, lower, good].map(({ pem }) => pem).join('\n'),
      ),
    ).toBeNull()
    // A name is no proof.
    const namesake = await makeCertificate('Root', NOW, { authority: true })
    expect(await byCertificate({ tnAuthList, issuer: namesake }, chain(namesake))).toBeNull()
  })
})
