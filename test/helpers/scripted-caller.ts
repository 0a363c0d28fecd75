import { openRtpSender, type RtpSender } from './rtp-sender.ts'
import { type CallOptions, type ScriptedCall, startCall } from './scripted-call.ts'
import { headerOf, openWire, type WireOptions } from './sip-wire.ts'

export { numberedFrame, readNumberedFrames } from './numbered-frames.ts'
export type { CallOptions, ScriptedCall } from './scripted-call.ts'

/**
 * A caller that does what a test tells it, over real sockets, written without a line of `src/`: what it understands was
 * understood by someone else. Many calls share one signalling socket; each has an RTP socket of its own.
 */
export interface ScriptedCaller extends AsyncDisposable {
  readonly port: number
  call(user: string, options?: CallOptions): Promise<ScriptedCall>
}

export interface CallerOptions extends Omit<WireOptions, 'to'> {
  /** The port that Contact names instead of our own: that of a relay. */
  readonly contactPort?: number
}

export async function openCaller(
  to: { readonly host: string; readonly port: number },
  options: CallerOptions = {},
): Promise<ScriptedCaller> {
  const wire = await openWire({ ...options, to })
  const calls = new Map<string, (text: string, reply: (text: string) => void) => void>()
  const streams: RtpSender[] = []
  const abandon: (() => void)[] = []
  wire.onText = (text, reply) => calls.get(headerOf(text, 'Call-ID') ?? '')?.(text, reply)
  return {
    port: wire.port,
    async call(user, callOptions = {}) {
      const rtp = await openRtpSender(
        wire.host.replace(/^\[|\]$/g, ''),
        callOptions.frame,
        callOptions.isLost,
      )
      streams.push(rtp)
      const contactPort = options.contactPort ?? wire.port
      const started = startCall({ wire, rtp, to, user, contactPort }, callOptions)
      calls.set(started.call.callId, started.receive)
      abandon.push(started.abandon)
      return started.call
    },
    async [Symbol.asyncDispose]() {
      for (const stop of abandon) stop()
      for (const open of [wire, ...streams]) await open[Symbol.asyncDispose]()
    },
  }
}
