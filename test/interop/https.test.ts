import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { type RequestOptions, request as secureRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { makeLeaf, makeRoot } from '../../src/api/tls/make-certificate.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, start } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'

interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

/** Node's own TLS client, which checks chain, name and dates as browsers do. */
const get = (url: string, options: RequestOptions = {}, body?: string) =>
  new Promise<Answer>((resolve, reject) => {
    const request = url.startsWith('https:') ? secureRequest : plainRequest
    const asked = request(url, options, async (answer) => {
      let text = ''
      for await (const chunk of answer) text += chunk
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text })
    })
    asked.on('error', reject)
    asked.end(body)
  })

const httpsOf = async ({ process }: RunningMachine) =>
  (await process.until(/ready .* https=(\S+:\d+)/, 10_000))[1] ?? ''

describe('HTTPS with a certificate that the machine makes', () => {
  let machine: RunningMachine
  let place: string
  let ca: string

  beforeAll(async () => {
    machine = await startMachine({ flags: ['--https', '127.0.0.1:0'] })
    place = await httpsOf(machine)
    // Fetched as a phone would that is to trust it.
    ca = await (await fetch(`${machine.http}/answerphone-root.crt`)).text()
  })
  afterAll(() => machine[Symbol.asyncDispose]())

  it('is trusted by who trusts the root, and by nobody else', async () => {
    expect((await get(`https://${place}/healthz`, { ca })).status).toBe(200)
    expect((await get(`https://localhost:${place.split(':')[1]}/healthz`, { ca })).status).toBe(200)
    await expect(get(`https://${place}/healthz`)).rejects.toThrow(/certificate/)
  })

  it('serves the page, and keeps its session in a cookie that HTTPS alone carries', async () => {
    expect((await get(`https://${place}/`, { ca })).body).toContain('<title>Answerphone')
    await machine.cli('users', 'add', 'ada', '--role', 'owner', '--password', 'correct horse battery')
    const login = await get(
      `https://${place}/api/v1/session`,
      {
        ca,
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: `https://${place}` },
      },
      JSON.stringify({ name: 'ada', password: 'correct horse battery' }),
    )
    expect(login.status).toBe(200)
    expect(`${login.headers['set-cookie']}`).toMatch(/^__Host-answerphone=.*; Secure/)
  })

  it('lets phones in by WebSocket over TLS (RFC 7118)', async () => {
    const headers = { authorization: `Bearer ${machine.token}` }
    const socket = new WebSocket(`wss://${place}/sip`, 'sip', { ca, headers })
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
    socket.send(
      [
        'OPTIONS sip:answerphone SIP/2.0',
        'Via: SIP/2.0/WSS browser.invalid;branch=z9hG4bK1;rport',
        'Max-Forwards: 70',
        'From: <sip:a@browser.invalid>;tag=1',
        'To: <sip:answerphone>',
        'Call-ID: 1@browser.invalid',
        'CSeq: 1 OPTIONS',
        'Content-Length: 0',
        '\r\n',
      ].join('\r\n'),
    )
    const answer = await new Promise<string>((resolve) => socket.on('message', (data) => resolve(`${data}`)))
    expect(answer).toMatch(/^SIP\/2.0 \d{3} /)
    socket.close()
  })
})

describeWith(['pebble'], 'HTTPS with a certificate of an authority (RFC 8555)', () => {
  it('is fetched by ACME from Pebble, and who comes by plain HTTP is led to it', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'answerphone-acme-'))
    const root = await makeRoot('The authority of the test', Date.now())
    const own = await makeLeaf(root, ['localhost', '127.0.0.1'], Date.now())
    const file = (name: string, text: string) => {
      writeFileSync(join(dir, name), text)
      return join(dir, name)
    }
    const ca = file('ca.pem', root.cert)
    const config = file(
      'pebble.json',
      JSON.stringify({
        pebble: {
          listenAddress: '127.0.0.1:14000',
          managementListenAddress: '127.0.0.1:15000',
          certificate: file('pebble.crt', own.cert),
          privateKey: file('pebble.key', own.key),
          httpPort: 15080,
          tlsPort: 15443,
          ocspResponderURL: '',
          externalAccountBindingRequired: false,
        },
      }),
    )
    // Every name is this machine to it.
    const dns = start('pebble-challtestsrv', [
      ...['-defaultIPv4', '127.0.0.1', '-defaultIPv6', '', '-dns01', '127.0.0.1:15053'],
      ...['-http01', '', '-https01', '', '-tlsalpn01', '', '-management', '127.0.0.1:15055'],
    ])
    const pebble = start('pebble', ['-config', config, '-dnsserver', '127.0.0.1:15053'], {
      env: { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' },
    })
    try {
      await eventually(
        async () => (await get('https://127.0.0.1:14000/dir', { ca: root.cert })).status === 200,
      )
      const issuer = (await get('https://127.0.0.1:15000/roots/0', { ca: root.cert })).body
      await using machine = await startMachine({
        flags: [
          ...['--http', '127.0.0.1:15080', '--https', '127.0.0.1:0', '--host-name', 'phone.example.org'],
          ...['--acme-email', 'ada@example.org', '--acme-directory', 'https://127.0.0.1:14000/dir'],
        ],
        env: { NODE_EXTRA_CA_CERTS: ca },
      })
      const place = await httpsOf(machine)
      const named = { ca: issuer, servername: 'phone.example.org', headers: { host: 'phone.example.org' } }
      await eventually(
        async () => (await get(`https://${place}/healthz`, named).catch(() => undefined))?.status === 200,
        20_000,
      )
      const plain = await get('http://127.0.0.1:15080/?x', { headers: { host: 'phone.example.org' } })
      expect([plain.status, plain.headers['location']]).toEqual([308, 'https://phone.example.org/?x'])
    } finally {
      await pebble.stop()
      await dns.stop()
      rmSync(dir, { recursive: true })
    }
  })
})
