import { setTimeout as pause } from 'node:timers/promises'
import { OpenDescriptors } from '../../src/media/socket/open-descriptors.ts'
import { cheapestSockets } from '../../src/media/socket/open-sockets.ts'
import { Pacer } from '../../src/media/worker/pacer.ts'
import { systemClock } from '../../src/shared/clock.ts'
import type { RunningMachine } from '../../test/helpers/running-machine.ts'
import { percentile } from './percentile.ts'
import { openSipCaller, type PlacedCall } from './sip-caller.ts'
import { startSubject } from './subject.ts'
import { openTable } from './table.ts'
import { Talker } from './talker.ts'

const MESSAGE_MS = 1500

interface Seen {
  /** From sending the BYE, ms. */
  readonly pushedMs: number
  readonly readMs: number
}

/** How long after the BYE a message is there: told by the event, and read from the API. One message after the other. */
export async function measureVisible(options: { readonly messages: number }): Promise<void> {
  await using subject = await startSubject()
  const { machine } = subject
  const row = openTable('From BYE to the message, ms', ['', 'p50', 'p99', 'most'])
  const added = await followMessages(machine)
  const openRtp = await cheapestSockets(systemClock, new OpenDescriptors())
  const pacer = new Pacer(systemClock)
  const answered = new Map<number, (call: PlacedCall) => void>()
  const sip = await openSipCaller(machine.sip.port, {
    onAnswered: (call) => answered.get(call.number)?.(call),
    onOver: () => {},
  })

  async function leaveMessage(number: number): Promise<Seen> {
    const talker = new Talker(number)
    const port = await talker.open(openRtp)
    const call = await new Promise<PlacedCall>((resolve) => {
      answered.set(number, resolve)
      sip.invite(number, port)
    })
    talker.talkTo(call.remotePort, Pacer.firstAt(systemClock.monotonic()))
    pacer.add(talker)
    await pause(MESSAGE_MS)
    pacer.remove(talker)
    const event = added.next()
    sip.bye(call)
    const { id, at } = await event
    const answer = await machine.api(`/messages/${id}`)
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`the message is announced but not there: ${answer.status}`)
    const readMs = performance.now() - call.byeAt
    talker.close()
    return { pushedMs: at - call.byeAt, readMs }
  }

  const seen: Seen[] = []
  for (let number = 0; number < options.messages; number++) seen.push(await leaveMessage(number))
  sip.close()
  added.close()
  const show = (name: string, values: number[]) =>
    row(name, percentile(values, 0.5), percentile(values, 0.99), Math.max(...values))
  show(
    'event',
    seen.map(({ pushedMs }) => pushedMs),
  )
  show(
    'and read',
    seen.map(({ readMs }) => readMs),
  )
}

interface Added {
  readonly id: string
  readonly at: number
}

/** The `message-added` events of the API, as they come. */
async function followMessages(machine: RunningMachine): Promise<{ next(): Promise<Added>; close(): void }> {
  const stop = new AbortController()
  const { body } = await machine.api('/events', { signal: stop.signal })
  let waiting: ((added: Added) => void) | undefined
  const read = async () => {
    let text = ''
    for await (const chunk of body ?? []) {
      const at = performance.now()
      text += Buffer.from(chunk).toString()
      const found = /^event: message-added\ndata: (.*)\n\n/m.exec(text)
      if (!found?.[1]) continue
      text = text.slice(found.index + found[0].length)
      const event = JSON.parse(found[1]) as { message: { id: string } }
      waiting?.({ id: event.message.id, at })
    }
  }
  read().catch(() => {}) // aborted
  return {
    next: () =>
      new Promise((resolve) => {
        waiting = resolve
      }),
    close: () => stop.abort(),
  }
}
