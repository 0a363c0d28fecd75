import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeApi } from '../src/api/openapi.ts'
import { allRoutes } from '../src/api/routes/all-routes.ts'
import { run, start } from '../test/helpers/processes.ts'
import { startMachine } from '../test/helpers/running-machine.ts'
import { openCaller } from '../test/helpers/scripted-caller.ts'
import { OPERATIONS } from './client.ts'

const example = (name: string) => join(import.meta.dirname, name)

it('refuse-politely.ts rings and says busy', async () => {
  await using agent = start(process.execPath, [example('refuse-politely.ts'), '127.0.0.1:0'])
  const [, port] = await agent.until(/listening: udp 127\.0\.0\.1:(\d+)/)
  await using caller = await openCaller({ host: '127.0.0.1', port: Number(port) })
  const call = await caller.call('anybody')
  expect(await call.final).toBe(486)
  expect(call.responses.map(({ status }) => status)).toEqual([100, 180, 486])
  await agent.until(/over: rejected/)
})

it('watch-lamp.ts sees a message arrive, nightly-report.ts counts it, fetch-new-messages.ts saves it', async () => {
  await using machine = await startMachine()
  await machine.line('home', { ringSeconds: 0 })
  await using lamp = start(process.execPath, [example('watch-lamp.ts'), machine.http, machine.token])
  await lamp.until(/new messages: 0/)
  await machine.cli('call', 'home', '--from', '+4930999')
  await lamp.until(/new messages: 1/)
  await expect
    .poll(() => run(process.execPath, [example('nightly-report.ts'), machine.http, machine.token]))
    .toBe('home: 1 new\n+4930999: message\n')

  const folder = mkdtempSync(join(tmpdir(), 'fetched-'))
  await run(process.execPath, [example('fetch-new-messages.ts'), machine.http, machine.token], {
    cwd: folder,
  })
  expect(readdirSync(folder).join()).toMatch(/^\d{4}-\d\d-\d\d-\d\d-\d\d-\+4930999\.wav$/)
  await lamp.until(/new messages: 0\n[\s\S]*new messages: 0/)
})

it('client.ts has its operations as the machine describes them', () => {
  const { paths } = describeApi(allRoutes('0'), '0') as {
    paths: Record<string, Record<string, { requestBody?: Content; responses: Record<string, Content> }>>
  }
  const described = Object.keys(OPERATIONS).map((operation) => {
    const [method = '', path = ''] = operation.split(' ')
    const { requestBody, responses = {} } =
      paths[`/api/v1${path.replace(/:(\w+)/g, '{$1}')}`]?.[method.toLowerCase()] ?? {}
    const body = nameIn(requestBody)
    const answer = nameIn(responses['200'] ?? responses['201'])
    return [operation, { ...(body !== null && { body }), answer }]
  })
  expect(OPERATIONS).toEqual(Object.fromEntries(described))
})

interface Schema {
  readonly $ref?: string
  readonly items?: Schema
}
interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } }
}

/** As the table of the client has it. */
function nameIn(content: Content | undefined): string | null | [string] {
  const schema = content?.content?.['application/json']?.schema
  const name = (schema?.items ?? schema)?.$ref?.replace('#/components/schemas/', '')
  if (name === undefined) return null
  return schema?.items ? [name] : name
}
