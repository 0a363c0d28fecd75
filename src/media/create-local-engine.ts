import type { Clock } from '../shared/clock.ts'
import type { Random } from '../shared/random.ts'
import type { StartHandshakes } from './dtls/handshakes.ts'
import type { HearTake, MediaEngine } from './engine.ts'
import type { ClipCodecs } from './front/clips.ts'
import { Front } from './front/front.ts'
import type { PortRange } from './front/port-pool.ts'
import type { Recorder } from './recorder/recorder.ts'
import type { OpenRtpSocket } from './socket/rtp-socket.ts'
import { Host } from './worker/host.ts'
import type { FromHost, ToHost } from './worker/messages.ts'

export interface LocalEngineOptions {
  readonly clock: Clock
  readonly random: Random
  readonly ports: PortRange
  /** For RTP and RTCP both. */
  readonly openSocket: OpenRtpSocket
  readonly recorder: Recorder
  /** `rtp-lost` after this long without a packet; default 30 s. */
  readonly rtpTimeoutMs?: number
  /** Hosts, as there are threads in the real one; 1 unless given. */
  readonly hosts?: number
  /** For sessions with browsers; without it there can be none. */
  readonly startHandshakes?: StartHandshakes
  /** In which codecs clips are encoded; other ones are when they are needed. G.711 unless given. */
  readonly clipCodecs?: ClipCodecs
  /** See `MediaEngineOptions`. */
  readonly ownAddresses?: () => readonly string[]
  readonly hearTake?: HearTake | undefined
}

/**
 * The media engine without threads: everything runs on the given clock, randomness and sockets, so that the same call
 * gives the same packets at the same instants, byte for byte. For tests; test/helpers/memory-rtp.ts has the sockets.
 */
export function createLocalEngine(options: LocalEngineOptions): MediaEngine {
  const { clock, random, ports, openSocket, recorder, rtpTimeoutMs = 30_000, hosts = 1 } = options
  const { startHandshakes = noHandshakes, ownAddresses = () => [], clipCodecs = CHEAP } = options
  const { hearTake } = options
  const front = new Front({ clock, random, ports, startHandshakes, ownAddresses, clipCodecs, hearTake })
  for (let count = 0; count < hosts; count++) {
    const gone = Promise.withResolvers<void>()
    const post = (message: FromHost) => {
      front.receive(message)
      if (message.kind === 'shut-down') gone.resolve()
    }
    const host = new Host({ clock, openRtp: openSocket, openRtcp: openSocket, recorder, rtpTimeoutMs, post })
    front.up(front.addSlot(), {
      // A copy, as between threads: whoever keeps the original may change it.
      post: (message: ToHost) =>
        host.receive(message.kind === 'load-clip' ? message : structuredClone(message)),
      close() {
        host.receive({ kind: 'shut-down' })
        return gone.promise
      },
    })
  }
  return front
}

/** All else gives others the thread between its portions, for which a clock that stands still would wait for ever. */
const CHEAP: ClipCodecs = { first: ['PCMU', 'PCMA'], afterwards: [] }

const noHandshakes: StartHandshakes = () => {
  throw new Error('an engine without handshakes')
}
