import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createProgram } from './program.ts'
import { readHours } from './read-hours.ts'
import { reportError } from './report-error.ts'

it('answerphone webhooks, ntfy, quiet and mqtt set up who is told, and when', async () => {
  const data = mkdtempSync(join(tmpdir(), 'answerphone-telling-'))
  const run = async (...args: string[]) => {
    let said = ''
    const say = (text: string | Uint8Array) => {
      said += text
    }
    const terminal = { env: { ANSWERPHONE_DATA: data }, isStyled: false, print: say, warn: say }
    const withInput = { ...terminal, readInput: async () => '', readSecret: async () => 'tk_secret\n' }
    try {
      await (await createProgram(withInput)).parseAsync(['node', 'answerphone', ...args])
    } catch (error) {
      reportError(error, withInput)
    }
    return said
  }
  expect(await run('webhooks', 'add', 'hall')).toContain('--url')
  expect(await run('webhooks', 'add', 'hall', '--url', 'http://127.0.0.1:1/')).toMatch(/^whsec_\S+=\n/)
  expect(await run('webhooks', 'add', 'x', '--url', 'http://h/', '--events', 'all')).toContain(
    'AP_INPUT_INVALID',
  )
  expect(await run('webhooks', 'set', 'hall', '--events', 'message-new, line-lost')).toBe(
    'hall is changed.\n',
  )
  expect(await run('webhooks', 'off', 'hall')).toBe('hall is told nothing for now.\n')
  expect(JSON.parse(await run('webhooks', 'show', 'hall'))).toMatchObject({
    ...{ name: 'hall', enabled: false, events: ['message-new', 'line-lost'], hasSecret: true },
  })
  expect(await run('webhooks', 'test', 'hall')).toContain('AP_TARGET_NOT_TAKEN: It was not taken:')
  expect(await run('webhooks', 'outbox')).toBe('Nothing.\n')
  expect(await run('webhooks', 'retry', 'hall')).toBe('0 to be sent.\n')

  const topic = [
    '--url',
    'https://ntfy.example/secret-topic',
    '--token-stdin',
    '--priority',
    '5',
    '--attach',
    'on',
  ]
  expect(await run('ntfy', 'add', 'me', ...topic, '--quiet', 'sat-mon 22:00-07:00')).toContain('ntfy test me')
  expect(JSON.parse(await run('ntfy', 'show', 'me'))).toMatchObject({
    ntfy: { priority: 5, click: null, attach: true, language: 'en' },
    quiet: [{ days: ['sat', 'sun', 'mon'], from: '22:00', to: '07:00' }],
    hasSecret: true,
  })
  expect(await run('ntfy', 'set', 'me', '--quiet', 'house', '--priority', '9')).toContain('AP_INPUT_INVALID')
  expect(await run('ntfy', 'set', 'me', '--quiet', 'house', '--click', 'https://p.example')).toBe(
    'me is changed.\n',
  )
  expect(await run('ntfy', 'off', 'me')).toBe('me is told nothing for now.\n')
  expect(await run('ntfy', 'on', 'me')).toBe('me is told again.\n')
  expect(JSON.parse(await run('ntfy', 'show', 'me'))).toMatchObject({ quiet: null, ntfy: { priority: 5 } })
  expect(await run('ntfy', 'show', 'hall')).toContain('There is no topic "hall"')
  expect(JSON.parse(await run('ntfy', 'list', '--json'))).toHaveLength(1)
  const withKey = ['--url', 'https://ntfy.example/hall?auth=s3cret']
  expect(await run('ntfy', 'add', 'keyed', ...withKey)).toContain('https://ntfy.example/hall?… is told')
  expect(await run('webhooks', 'set', 'hall', ...withKey)).toBe('hall is changed.\n')
  for (const [kind = '', name = ''] of [
    ['ntfy', 'keyed'],
    ['webhooks', 'hall'],
  ])
    for (const args of [['list'], ['list', '--json'], ['show', name]]) {
      const said = await run(kind, ...args)
      expect(said).toContain('https://ntfy.example/hall?…')
      expect(said).not.toContain('s3cret')
    }
  expect(await run('ntfy', 'remove', 'me')).toContain('removed')

  expect(await run('quiet', 'set', '22:00-07:00; sat,sun 07:00-09:30')).toBe(
    'every day 22:00-07:00\nsat,sun 07:00-09:30\n',
  )
  expect(await run('quiet', 'set', 'at night')).toContain('AP_INPUT_INVALID')
  expect(await run('quiet', 'set', 'none')).toBe('No quiet hours.\n')

  expect(await run('mqtt', 'set', '--user', 'ada')).toContain('AP_INPUT_INVALID')
  const broker = ['--url', 'mqtt://10.0.0.5', '--user', 'ada', '--password-stdin', '--callers', 'off']
  expect(await run('mqtt', 'set', ...broker)).toContain('below answerphone/')
  expect(JSON.parse(await run('mqtt', 'show'))).toMatchObject({
    user: 'ada',
    hasPassword: true,
    showCallers: false,
  })
  await run('mqtt', 'forget')
  expect(JSON.parse(await run('mqtt', 'show'))).toBeNull()
  rmSync(data, { recursive: true })
})

it('hours are read with days or without', () => {
  expect(readHours(undefined)).toBeUndefined()
  expect(readHours('none')).toEqual([])
  expect(readHours('fri-mon,wed 08:00-09:00')).toEqual([
    { days: ['fri', 'sat', 'sun', 'mon', 'wed'], from: '08:00', to: '09:00' },
  ])
})
