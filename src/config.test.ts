import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Flags, readConfig } from './config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerphone-config-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = (text: string) => {
  const path = join(folder, 'answerphone.yaml')
  writeFileSync(path, text)
  return path
}
const wrong = (flags: Flags, env: NodeJS.ProcessEnv = {}) => {
  try {
    readConfig(flags, env)
    return 'nothing wrong'
  } catch (error) {
    return (error as Error).message
  }
}

describe('the configuration', () => {
  it('has defaults for all', () => {
    expect(readConfig({}, {})).toMatchObject({
      data: resolve('data'),
      sip: [{ host: '0.0.0.0', port: 5060 }],
      http: { host: '127.0.0.1', port: 8080 },
      rtpPorts: { from: 20000, to: 24999 },
      journalBytes: 32 * 1024 * 1024,
      publicAddress: undefined,
      logLevel: 'info',
      phonesFrom: expect.arrayContaining(['127.0.0.0/8', '192.168.0.0/16', 'fe80::/10']),
      listenCode: '*1',
      pickUpCode: '*8',
    })
  })

  it('takes flags before the environment before the file', () => {
    const config = file('http: 127.0.0.1:1\nlog-level: debug\nsip: ["127.0.0.1:5070", "[::1]:5070"]\n')
    const env = { ANSWERPHONE_HTTP: '127.0.0.1:2', ANSWERPHONE_CONFIG: config }
    expect(readConfig({ http: '127.0.0.1:3' }, env).http.port).toBe(3)
    expect(readConfig({}, env).http.port).toBe(2)
    expect(readConfig({ config }, {})).toMatchObject({
      http: { port: 1 },
      logLevel: 'debug',
      sip: [{ host: '127.0.0.1' }, { host: '::1', port: 5070 }],
    })
  })

  it('takes lists from the environment with commas', () => {
    const { sip } = readConfig({}, { ANSWERPHONE_SIP: '127.0.0.1:5060, [::1]:5060' })
    expect(sip).toEqual([
      { host: '127.0.0.1', port: 5060 },
      { host: '::1', port: 5060 },
    ])
  })

  it('takes a data directory of the file from where the file is', () => {
    expect(readConfig({ config: file('data: phone') }, {}).data).toBe(join(folder, 'phone'))
    expect(readConfig({ config: file('data: phone') }, { ANSWERPHONE_DATA: 'here' }).data).toBe(
      resolve('here'),
    )
  })

  it('knows the machine by its own name', () => {
    expect(readConfig({ hostNames: ['phone.example.org'] }, {}).hostNames).toContain('phone.example.org')
    expect(readConfig({}, {}).hostNames.some((name) => name.endsWith('.local'))).toBe(true)
  })
})

describe('what is wrong with it', () => {
  it.each([
    [{ http: 'localhost' }, '--http: "localhost" is no HOST:PORT'],
    [{ http: '::1:80' }, '--http: "::1:80" is no HOST:PORT'],
    [{ http: '127.0.0.1:99999' }, 'is no HOST:PORT'],
    [{ sip: ['phone.example.org:5060'] }, '--sip: SIP listens on an IP address'],
    [
      { certificate: 'a.pem' },
      '--certificate: say where it is shown, with --https HOST:PORT or --sips HOST:PORT',
    ],
    [{ https: '127.0.0.1:8443', certificate: 'a.pem' }, '--certificate: its key is missing'],
    [{ https: '127.0.0.1:8443', certificateKey: 'a.pem' }, '--certificate-key: its certificate is missing'],
    [{ https: '127.0.0.1:8443', acmeEmail: 'ada@example.org' }, 'an authority needs a public name'],
    [{ https: '127.0.0.1:8443', acmeEmail: 'ada' }, '--acme-email: "ada" is no mail address'],
    [{ rtpPorts: '20000' }, '--rtp-ports: "20000" is no range'],
    [{ rtpPorts: '30000-20000' }, 'is no range'],
    [{ journalSize: '1', journalBytes: '1' } as Flags, 'at least 4 MB'],
    [{ publicAddress: 'example.org' }, '--public-address: "example.org" is no IP address'],
    [{ keepAliveSeconds: 'x' }, '--keep-alive-seconds: a number is wanted'],
    [{ logLevel: 'loud' }, '"loud" is none of debug, info, warn, error'],
    [{ trustedProxies: ['10/8x'] }, '--trusted-proxy: "10/8x"'],
    [{ phonesFrom: ['home'] }, '--phones-from: "home"'],
    [{ listenCode: 'listen' }, '--listen-code: "listen" is nothing to dial'],
    [{ listenCode: '' }, '--listen-code: "" is nothing to dial'],
    [{ pickUpCode: '8*' }, '--pick-up-code: "8*" is nothing to dial'],
    [{ pickUpCode: '*1' }, '--pick-up-code: "*1" is the code for another thing, too'],
    [{ quietCode: '*98' }, '--quiet-code: "*98" is the code for another thing, too'],
    [{ machineCode: 'on' }, '--machine-code: "on" is nothing to dial'],
    [{ listenCode: '*8' }, '--listen-code: "*8" is the code for another thing, too'],
  ])('is said with the flag: %o', (flags, words) => {
    expect(wrong(flags)).toContain(words)
  })

  it('is said with the variable', () => {
    expect(wrong({}, { ANSWERPHONE_HTTP: 'x' })).toMatch(/^ANSWERPHONE_HTTP: "x"/)
  })

  it('is said with the line of the file', () => {
    expect(wrong({ config: file('data: x\n\nhttp: nowhere\n') })).toMatch(
      /answerphone\.yaml:3, http: "nowhere"/,
    )
    expect(wrong({ config: file('data: x\nprot: 1\n') })).toMatch(
      /answerphone\.yaml:\d+: there is no setting "prot"; there are data, sip/,
    )
    expect(wrong({ config: file('data: x\nsip: [1\n') })).toMatch(/answerphone\.yaml:\d+:/)
    expect(wrong({ config: file('just words') })).toContain('"key: value"')
    expect(wrong({ config: file('') })).toBe('nothing wrong')
    expect(wrong({ config: join(folder, 'none.yaml') })).toContain("none.yaml can't be read")
  })
})
