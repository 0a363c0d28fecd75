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

const open = () =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => KINDS.has(kind))
    .sort()
let before: string[] = []

beforeAll(() => {
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
