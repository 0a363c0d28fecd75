import { readFileSync } from 'node:fs'
import type { CallerAnswer, CallerOrder } from './namespace-caller.ts'
import { openCaller, type ScriptedCall } from './scripted-caller.ts'

/**
 * The process that `openNamespaceCaller` starts inside a network namespace: a scripted caller that takes its orders over
 * IPC. Its arguments: local address, host and port to call.
 */
const [local = '', host = '', port = ''] = process.argv.slice(2)
const FRAME_BYTES = 160
const SILENCE = Buffer.alloc(FRAME_BYTES, 0xff)

await using caller = await openCaller({ host, port: Number(port) }, { local })
const calls = new Map<number, { readonly call: ScriptedCall; speak(): void }>()
const { promise: over, resolve: stop } = Promise.withResolvers<void>()

/** The sentence from the moment that it is asked for; silence before and after. */
function voice(says: string | undefined) {
  const ulaw = says === undefined ? Buffer.alloc(0) : readFileSync(says)
  let began: number | undefined
  let asked = false
  return {
    speak: () => {
      asked = true
    },
    frame(index: number): Buffer {
      if (asked) {
        began = index
        asked = false
      }
      if (began === undefined) return SILENCE
      const from = (index - began) * FRAME_BYTES
      const frame = ulaw.subarray(from, from + FRAME_BYTES)
      return frame.length === FRAME_BYTES ? frame : SILENCE
    },
  }
}

async function obey(order: CallerOrder): Promise<CallerAnswer['value']> {
  if (order.act === 'call') {
    const { speak, frame } = voice(order.says)
    calls.set(order.call, { call: await caller.call(order.user, { ...order.options, frame }), speak })
    return undefined
  }
  const known = calls.get(order.call)
  if (!known) throw new Error(`no call ${order.call}`)
  const { call, speak } = known
  switch (order.act) {
    case 'answered': {
      const status = await call.final
      if (status < 300) call.talk()
      return status
    }
    case 'speak':
      speak()
      return undefined
    case 'cancel':
      await call.cancel()
      return undefined
    case 'bye':
      await call.bye()
      return undefined
    case 'trace':
      return { responses: [...call.responses], requests: [...call.requests], received: [...call.received] }
  }
}

process.on('disconnect', () => stop())
process.on('message', (order: CallerOrder) => {
  const answer = (rest: Partial<CallerAnswer>) => process.send?.({ order: order.order, ...rest })
  obey(order).then(
    (value) => answer(value === undefined ? {} : { value }),
    (error) => answer({ error: String(error) }),
  )
})
process.send?.({ order: 0, timeOrigin: performance.timeOrigin })
await over
