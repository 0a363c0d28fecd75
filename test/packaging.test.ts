import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { SETTINGS } from '../src/config/settings.ts'
import { readConfig } from '../src/config.ts'

/** What ships the program must name what is there: no image is built in the tests. */
const ROOT = join(import.meta.dirname, '..')
const read = (name: string) => readFileSync(join(ROOT, 'packaging', name), 'utf8')
const compose = (name: string) => parse(read(name)).services.answerphone
const environment = (text: string) => [...text.matchAll(/\b(ANSWERPHONE_[A-Z_]+)=/g)].map(([, name]) => name)
const KNOWN = Object.values(SETTINGS).map(({ env }) => env as string)

/** Paths that a Dockerfile takes from the repository. */
const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) =>
  (paths ?? '').split(' '),
)

describe('the image', () => {
  it('copies only what is there, and what its build is let see', () => {
    expect(copied.length).toBeGreaterThan(5)
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
    const seen = [...read('Dockerfile.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path]) => path)
    expect(copied.filter((path) => !seen.includes(path))).toEqual([])
  })

  it('brings the page’s build all that the page takes from outside its folder', () => {
    const [, build = ''] = read('Dockerfile').split(/^FROM .*$/m)
    const sources = readdirSync(join(ROOT, 'web'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /^(src|worker)\/.*\.tsx?$|^tsconfig\.json$/.test(name) && !/\.test\./.test(name))
      .map((name) => join(ROOT, 'web', name))
    const outside = sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:from|"extends":) ['"](\.\.\/[^'"?]+)/g)]
        .map(([, path]) => relative(ROOT, join(dirname(file), path ?? '')).split('/')[0] ?? '')
        .filter((top) => top !== 'web'),
    )
    expect(new Set(outside)).toEqual(new Set(['assets', 'src', 'tsconfig.json']))
    for (const top of outside)
      expect(build).toMatch(new RegExp(`^COPY .*\\b${top.replace('.', '\\.')} `, 'm'))
  })

  it('has all that the program reads from beside its sources', () => {
    const [, final = ''] = read('Dockerfile')
      .split(/^FROM .*\n(?!.*AS build)/m)
      .slice(-2)
    for (const path of ['bin', 'src', 'assets', 'package.json', 'web/dist', 'node_modules'])
      expect(final, path).toMatch(new RegExp(`^COPY .*\\b${path.replace('.', '\\.')}\\b`, 'm'))
  })

  it('runs on the Node that the program needs, as somebody without rights', () => {
    const needed = /const NEEDED = (\d+)/.exec(readFileSync(join(ROOT, 'bin/answerphone.js'), 'utf8'))?.[1]
    const bases = [...read('Dockerfile').matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major)
    expect(bases).toEqual([needed, needed])
    expect(read('Dockerfile')).toMatch(/^USER node$/m)
    for (const file of ['compose.yaml', 'compose.bridge.yaml'])
      expect(compose(file)).toMatchObject({ read_only: true, cap_drop: ['ALL'], volumes: ['data:/data'] })
  })

  it('publishes the ports that the machine is told to use, each under its own number', () => {
    const { command, ports } = compose('compose.bridge.yaml')
    const range = /--rtp-ports (\S+)/.exec(command)?.[1]
    expect(ports).toContain(`${range}:${range}/udp`)
    for (const port of ports) expect(port).toMatch(/^(\S+):\1\/(udp|tcp)$/)
    expect(String(SETTINGS.sip.fallback)).toContain(':5060')
  })
})

it('what is shipped sets only what the program knows', () => {
  for (const file of ['Dockerfile', 'answerphone.service'])
    expect(environment(read(file)).filter((name) => name !== undefined && !KNOWN.includes(name))).toEqual([])
})

it('the service gets its SIGTERM once, and in good time', () => {
  expect(read('answerphone.service')).toMatch(/^KillMode=mixed$/m)
  expect(read('answerphone.service')).toMatch(/^TimeoutStopSec=5min$/m)
  expect(compose('compose.yaml').stop_grace_period).toBe('5m')
})

describe('the add-on of Home Assistant', () => {
  const manifest = parse(read('home-assistant/config.yaml'))
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

  it('has the version of the program, and the host’s network', () => {
    expect(manifest).toMatchObject({ slug: 'answerphone', version, host_network: true, timeout: 300 })
    expect(manifest.arch).toEqual(['amd64', 'aarch64'])
    expect(manifest.webui).toContain(String(/ANSWERPHONE_HTTP=\S+:(\d+)/.exec(read('Dockerfile'))?.[1]))
  })

  it('offers only settings that there are, as many as they may be given', async () => {
    const { environmentOf } = await import(join(ROOT, 'packaging/home-assistant/start.mjs'))
    const byEnv = new Map(Object.values(SETTINGS).map((setting) => [setting.env as string, setting]))
    for (const [key, kind] of Object.entries(manifest.schema)) {
      const setting = byEnv.get(`ANSWERPHONE_${key.toUpperCase()}`)
      expect(setting, key).toBeDefined()
      expect(Array.isArray(kind), key).toBe(setting?.many)
    }
    for (const key of Object.keys(manifest.options)) expect(manifest.schema).toHaveProperty(key)
    const options = {
      log_level: 'info',
      sip: ['0.0.0.0:5062', '[::]:5062'],
      rtp_ports: '20000-20099',
      https: null,
      sips: [''],
    }
    expect(environmentOf(options)).toEqual({
      ANSWERPHONE_LOG_LEVEL: 'info',
      ANSWERPHONE_SIP: '0.0.0.0:5062,[::]:5062',
      ANSWERPHONE_RTP_PORTS: '20000-20099',
    })
    // What the program makes of it.
    const config = readConfig({}, environmentOf(options))
    expect(config).toMatchObject({
      sip: [{ port: 5062 }, { port: 5062 }],
      rtpPorts: { from: 20_000, to: 20_099 },
    })
  })

  it('is made of a checkout with all that its image copies', () => {
    const folder = mkdtempSync(join(tmpdir(), 'addon-'))
    try {
      const made = join(folder, 'answerphone')
      execFileSync(join(ROOT, 'packaging/home-assistant/make-addon.sh'), [made])
      const dockerfile = readFileSync(join(made, 'Dockerfile'), 'utf8')
      const wanted = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) =>
        (paths ?? '').split(' '),
      )
      expect(wanted).toContain('start.mjs')
      expect(wanted.filter((path) => !existsSync(join(made, path)))).toEqual([])
      const seen = [...readFileSync(join(made, '.dockerignore'), 'utf8').matchAll(/^!(.+)$/gm)].map(
        ([, path]) => path,
      )
      expect(wanted.filter((path) => !seen.includes(path))).toEqual([])
      expect(existsSync(join(made, 'web/node_modules'))).toBe(false)
      expect(existsSync(join(made, 'web/dist'))).toBe(false)
      expect(parse(readFileSync(join(made, 'config.yaml'), 'utf8'))).toEqual(manifest)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('the examples of proxies', () => {
  const page = readFileSync(join(ROOT, 'docs/https.md'), 'utf8')

  it('Traefik’s is YAML, and leads to where the machine listens', () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)\n```/.exec(page) ?? []
    const { http } = parse(yaml)
    const [service] = http.services.answerphone.loadBalancer.servers
    expect(service.url).toBe(`http://${SETTINGS.http.fallback}`)
    expect(http.routers.answerphone).toMatchObject({ service: 'answerphone', tls: expect.anything() })
  })

  it('none holds events back, and nginx lets WebSockets through', () => {
    const [, nginx = ''] = /```nginx\n([^`]*)```/.exec(page) ?? []
    for (const needed of [
      'proxy_buffering off',
      'proxy_http_version 1.1',
      'Upgrade $http_upgrade',
      'X-Forwarded-Proto $scheme',
      'X-Forwarded-For $remote_addr',
    ])
      expect(nginx).toContain(needed)
    // Appending to what a client sent would have us believe the client.
    expect(nginx).not.toContain('proxy_add_x_forwarded_for')
  })
})
