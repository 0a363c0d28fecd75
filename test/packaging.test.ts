import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { SETTINGS } from '../src/config/settings.ts'

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
