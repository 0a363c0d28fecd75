import { createServer } from 'node:tls'
import { expect, it } from 'vitest'
import { makeLeaf, makeRoot } from '../api/tls/make-certificate.ts'
import type { Destination } from '../sip/transport/transport.ts'
import type { Line } from '../store/model.ts'
import {
  checkOwnCertificate,
  checkRegistrarCertificates,
  lookByTls,
  type Shown,
} from './check-certificates.ts'
import { checkNames } from './check-names.ts'

const NOW = Date.UTC(2026, 5, 1)
const DAY = 86_400_000

const lineAt = (registrar: string | null, outboundProxy: string | null = null) =>
  ({ account: registrar === null ? null : { registrar, outboundProxy } }) as Line
const tls = (host: string): Destination => ({ transport: 'tls', address: '192.0.2.9', port: 5061, host })

it('looks each registrar up once, or its outbound proxy, and says where the name leads', async () => {
  const asked: string[] = []
  const lines = [
    lineAt('sip:sip.example.com'),
    lineAt('sip:sip.example.com'),
    lineAt('sip:nowhere.example'),
    lineAt('sip:a.example', 'sip:proxy.example;transport=tcp'),
    lineAt('sip:192.0.2.7'),
    lineAt('sip:[2001:db8::7]:5070'),
    lineAt(null),
  ]
  const findings = await checkNames(lines, async (uri) => {
    asked.push(uri)
    if (uri.includes('nowhere')) return []
    if (uri.includes('proxy')) throw Object.assign(new Error('x'), { code: 'ESERVFAIL' })
    return [
      { transport: 'udp', address: '192.0.2.9', port: 5060 },
      { transport: 'tcp', address: '2001:db8::9', port: 5060 },
    ]
  })
  expect(asked).toEqual(['sip:sip.example.com', 'sip:nowhere.example', 'sip:proxy.example;transport=tcp'])
  expect(findings.map(({ level, code, what }) => [level, code, what.en])).toEqual([
    ['ok', null, 'sip:sip.example.com leads to udp 192.0.2.9:5060, tcp [2001:db8::9]:5060'],
    ['fail', 'AP_REGISTRAR_NOT_FOUND', 'sip:nowhere.example leads nowhere'],
    ['fail', 'AP_REGISTRAR_NAME_UNKNOWN', 'sip:proxy.example;transport=tcp leads nowhere'],
  ])
})

it('tells when our own certificate ends, and in time', async () => {
  const root = await makeRoot('test', NOW)
  const { cert } = await makeLeaf(root, ['answerphone.example', '192.0.2.2'], NOW)
  expect(checkOwnCertificate(cert, NOW)).toMatchObject({
    level: 'ok',
    what: { en: 'the certificate of answerphone.example, 192.0.2.2 is good until 2027-07-02' },
  })
  expect(checkOwnCertificate(cert, NOW + 392 * DAY)).toMatchObject({
    level: 'warn',
    code: 'AP_CERTIFICATE_ENDS',
  })
  expect(checkOwnCertificate(cert, NOW + 398 * DAY)).toMatchObject({
    level: 'fail',
    what: { de: expect.stringContaining('endete am 2027-07-02') },
  })
})

it('looks at the certificates of registrars that lines use by TLS, and at no others', async () => {
  const looked: string[] = []
  const check = (shown: () => Promise<Shown>) =>
    checkRegistrarCertificates([lineAt('sip:sip.example.com;transport=tls'), lineAt('sip:plain.example')], {
      now: NOW,
      locate: async (uri) =>
        uri.includes('plain')
          ? [{ transport: 'udp', address: '192.0.2.8', port: 5060 }, tls('plain.example')]
          : [tls('sip.example.com')],
      async look({ host = '' }) {
        looked.push(host)
        return shown()
      },
    })
  expect(await check(async () => ({ until: NOW + 90 * DAY, distrust: null }))).toMatchObject([
    { level: 'ok' },
  ])
  expect(await check(async () => ({ until: NOW + 2 * DAY, distrust: null }))).toMatchObject([
    { level: 'warn', code: 'AP_CERTIFICATE_ENDS' },
  ])
  expect(await check(async () => ({ until: NOW + 90 * DAY, distrust: 'SELF_SIGNED' }))).toMatchObject([
    { level: 'fail', code: 'AP_REGISTRAR_UNSAFE' },
  ])
  expect(
    await check(() => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))),
  ).toMatchObject([
    { level: 'fail', code: 'AP_REGISTRAR_UNREACHABLE', advice: { de: expect.stringContaining('Registrar') } },
  ])
  expect(new Set(looked)).toEqual(new Set(['sip.example.com']))
})

it('connects by TLS, and reads what it is shown, without trusting it', async () => {
  const root = await makeRoot('nobody knows it', Date.now())
  const server = createServer(await makeLeaf(root, ['sip.example.com'], Date.now()), (socket) =>
    socket.resume(),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const at: Destination = { transport: 'tls', address: '127.0.0.1', port, host: 'sip.example.com' }
  const { until, distrust } = await lookByTls(at)
  expect(until).toBeGreaterThan(Date.now() + 300 * DAY)
  expect(distrust).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|unable to verify/i)
  await new Promise((resolve) => server.close(resolve))
  await expect(lookByTls(at)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
