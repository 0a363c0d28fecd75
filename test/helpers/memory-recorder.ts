import { codecs } from '../../src/media/codec/codecs.ts'
import { Hearing } from '../../src/media/recorder/hearing/hearing.ts'
import type { RecordedTake, Recorder, TakeEvent, TakeOptions } from '../../src/media/recorder/recorder.ts'
import { SpeechWatch } from '../../src/media/recorder/speech-watch.ts'
import type { Clock } from '../../src/shared/clock.ts'

/** A packet as a take was given it. */
export interface KeptPacket {
  readonly arrivedAt: number
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  readonly payload: Buffer
}

/** A recorder that keeps takes in memory, for tests of what comes before it. */
export interface MemoryRecorder extends Recorder {
  /** What each take was given, by its id. */
  readonly kept: ReadonlyMap<string, readonly KeptPacket[]>
  readonly released: readonly string[]
}

export function memoryRecorder(clock: Clock): MemoryRecorder {
  const kept = new Map<string, KeptPacket[]>()
  const released: string[] = []
  return {
    kept,
    released,
    startTake(options, codec, onEvent) {
      const packets: KeptPacket[] = []
      let startedAt = 0
      const hearing = new Hearing(codecs[codec])
      const speech = new SpeechWatch(options, clock, () => hearing.isFax, onEvent)
      kept.set(options.takeId, packets)
      return {
        packet(arrivedAt, sequence, timestamp, ssrc, payload) {
          if (packets.length === 0) {
            startedAt = clock.now()
            onEvent({ kind: 'take-started', takeId: options.takeId, startedAt })
          }
          const { clockRate } = codecs[codec]
          const position = (packets.length * clockRate) / 50
          if (hearing.hear(position, payload)) speech.heard(arrivedAt, hearing.soundMs)
          packets.push({ arrivedAt, sequence, timestamp, ssrc, payload: Buffer.from(payload) })
        },
        stop() {
          speech.stop()
          if (packets.length > 0) onEvent(ended(options, startedAt, packets.length))
        },
      }
    },
    whenSaved: async () => {},
    releaseTake: (takeId) => void released.push(takeId),
    space: async () => ({ journalFreeBytes: 2 ** 20, diskFull: false }),
    close: async () => {},
  }
}

function ended({ takeId, meta }: TakeOptions, startedAt: number, packets: number): TakeEvent {
  const durationMs = packets * 20
  const take: RecordedTake = {
    takeId,
    meta,
    startedAt,
    durationMs,
    hearing: { soundMs: durationMs },
    file: `${takeId}.wav`,
  }
  return { kind: 'take-ended', take }
}
