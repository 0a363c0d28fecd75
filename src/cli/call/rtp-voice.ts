import { type Codec, codecs } from '../../media/codec/codecs.ts'
import type { Flow } from '../../media/engine.ts'
import { emptyRtpPacket, parseRtp, RTP_HEADER_BYTES, writeRtpHeader } from '../../media/rtp/packet.ts'
import { dgramSockets } from '../../media/socket/dgram-socket.ts'
import { REFUSED } from '../../media/srtp/guard.ts'
import { SdesLink } from '../../media/srtp/sdes-link.ts'
import type { Clock, Timer } from '../../shared/clock.ts'
import type { Random } from '../../shared/random.ts'

const FRAME_MS = 20
const SAMPLES = 160

/** The test caller's ear and mouth: one RTP stream each way, without a jitter buffer, which a test on one machine needs not. */
export interface RtpVoice extends AsyncDisposable {
  readonly port: number
  /** Starts to send, silence at first. */
  begin(flow: Flow): void
  /** Says this (8 kHz mono PCM) in place of silence; resolves when the last packet has left. */
  say(pcm: Int16Array): Promise<void>
}

/** @param onFrame what is heard, 20 ms at a time */
export async function openRtpVoice(options: {
  readonly address: string
  readonly clock: Clock
  readonly random: Random
  readonly onFrame: (pcm: Int16Array) => void
}): Promise<RtpVoice> {
  const { clock, random } = options
  const heard = emptyRtpPacket()
  const packet = Buffer.alloc(RTP_HEADER_BYTES + SAMPLES)
  const ssrc = random.uint32()
  let sequence = random.uint32() & 0xffff
  let timestamp = random.uint32()
  let flow: Flow | undefined
  /** Where sound is encrypted. */
  let link: SdesLink | undefined
  let speech: { readonly bytes: Uint8Array; at: number; readonly done: () => void } | undefined
  let timer: Timer | undefined
  let nextAt = 0

  const socket = await dgramSockets(clock)(options.address, 0, (bytes, length) => {
    const plain = link ? link.openRtp(bytes, length) : length
    if (
      !flow ||
      plain === REFUSED ||
      !parseRtp(bytes, plain, heard) ||
      heard.payloadType !== flow.payloadType
    )
      return
    const pcm = new Int16Array(heard.payloadEnd - heard.payloadStart)
    codecs[flow.codec].law?.decode(bytes.subarray(heard.payloadStart, heard.payloadEnd), pcm)
    options.onFrame(pcm)
  })

  function send(codec: Codec): void {
    packet.fill(codec.silence, RTP_HEADER_BYTES)
    if (speech) {
      packet.set(speech.bytes.subarray(speech.at, speech.at + SAMPLES), RTP_HEADER_BYTES)
      speech.at += SAMPLES
    }
    if (!flow?.remote) return
    writeRtpHeader(packet, false, flow.payloadType, sequence, timestamp, ssrc)
    const sealed = link?.sealRtp(packet, packet.length) ?? packet
    socket.send(sealed, sealed.length, flow.remote)
    sequence = (sequence + 1) & 0xffff
    timestamp = (timestamp + SAMPLES) >>> 0
    if (speech && speech.at >= speech.bytes.length) {
      speech.done()
      speech = undefined
    }
  }

  /** By absolute deadlines: a timer that fires late must not make every later packet late. */
  function pace(codec: Codec): void {
    for (; nextAt <= clock.monotonic(); nextAt += FRAME_MS) send(codec)
    timer = clock.setTimer(nextAt - clock.monotonic(), () => pace(codec))
  }

  return {
    port: socket.port,
    begin(settled) {
      flow = settled
      if (settled.security?.kind === 'sdes') link = new SdesLink(settled.security)
      nextAt = clock.monotonic()
      pace(codecs[settled.codec])
    },
    say: (pcm) =>
      new Promise((done) => {
        const bytes = Buffer.alloc(Math.ceil(pcm.length / SAMPLES) * SAMPLES)
        if (!flow) return done()
        bytes.fill(codecs[flow.codec].silence)
        codecs[flow.codec].law?.encode(pcm, bytes)
        speech = { bytes, at: 0, done }
      }),
    async [Symbol.asyncDispose]() {
      timer?.cancel()
      socket.close()
    },
  }
}
