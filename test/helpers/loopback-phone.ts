import { systemClock } from '../../src/shared/clock.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { openRtpSender, type RtpSender } from './rtp-sender.ts'
import { type PhoneCall, type ScriptedPhone, scriptedPhone } from './scripted-phone.ts'
import { openWire, statusOf } from './sip-wire.ts'

/** A scripted phone over real sockets, with a voice and an ear. */
export interface LoopbackPhone extends ScriptedPhone {
  readonly address: string
  readonly user: string
  readonly password: string
  /** Everything that it hears, and what it says when it talks. */
  readonly rtp: RtpSender
  /** Speaks its frames from now on, to where the call wants them. */
  talk(call: PhoneCall): void
}

/** Puts a phone on a loopback address of its own and registers it. */
export async function openLoopbackPhone(options: {
  readonly to: { readonly host: string; readonly port: number }
  readonly address: string
  readonly user: string
  readonly password: string
  /** Payload of its n-th packet; default: one that holds n. */
  readonly frame?: (index: number) => Buffer
}): Promise<LoopbackPhone> {
  const { to, address, user, password } = options
  const rtp = await openRtpSender(address, options.frame)
  const phone = scriptedPhone({
    wire: await openWire({ to, local: address }),
    clock: systemClock,
    random: systemRandom,
    user,
    password,
    domain: to.host,
    rtpPort: rtp.port,
  })
  const status = statusOf(await phone.register())
  if (status !== 200) throw new Error(`phone ${user} is not registered: ${status}`)
  const close = phone[Symbol.asyncDispose]
  return Object.assign(phone, {
    address,
    user,
    password,
    rtp,
    talk({ media }: PhoneCall) {
      if (media) rtp.aim(media)
      rtp.talk()
    },
    async [Symbol.asyncDispose]() {
      await close()
      await rtp[Symbol.asyncDispose]()
    },
  })
}
