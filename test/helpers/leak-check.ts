import { afterAll, beforeAll, expect } from 'vitest'

/**
 * After every file of unit tests: nothing that the file opened is still open (sockets, timers, ports, workers). The
 * kinds listed are those that a forgotten close leaves behind; what vitest itself keeps open is there before.
 */
const KINDS = new Set([
  'Timeout',
  'TCPSocketWrap',
  'TCPServerWrap',
  'UDPWrap',
  'MessagePort',
  'Worker',
  'FSReqCallback',
])

const HIDDEN = Symbol.for('answerphone: the timers of vitest are hidden')

const open = () =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => KINDS.has(kind))
    .sort()
let before: string[] = []

beforeAll(() => {
  hideTimersOfVitest()
  before = open()
})

afterAll(async () => {
  for (let turn = 0; turn < 50 && surplus().length > 0; turn++)
    await new Promise((next) => setImmediate(next))
  expect(surplus(), 'left open by this file').toEqual([])
})

function surplus(): string[] {
  const rest = [...before]
  return open().filter((kind) => {
    const place = rest.indexOf(kind)
    if (place < 0) return true
    rest.splice(place, 1)
    return false
  })
}

/**
 * vitest tells of tests that have ended by a timer that now waits and now does not: one of ours that was forgotten could pass for
 * it. Such timers hold up nothing, and so are not among what is open.
 */
function hideTimersOfVitest(): void {
  if (HIDDEN in globalThis) return
  const apply = (real: typeof setTimeout, self: unknown, args: Parameters<typeof setTimeout>) => {
    const timer = Reflect.apply(real, self, args)
    return new Error().stack?.split('\n')[2]?.includes('/vitest/dist/') ? timer.unref() : timer
  }
  Object.assign(globalThis, { [HIDDEN]: true, setTimeout: new Proxy(setTimeout, { apply }) })
}
