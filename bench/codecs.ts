import { type Codec, codecs } from '../src/media/codec/codecs.ts'
import { KeyTones } from '../src/media/codec/key-tones.ts'
import { Transcoder } from '../src/media/codec/transcoder.ts'

/**
 * CPU µs that 20 ms of sound cost in each format: to encode, to decode, to be judged (is it silence? is it a key's tone?), and
 * to be transcoded for a listener who speaks another. Rounds alternate, and the best of each counts.
 */
const PACKETS = 500
const ROUNDS = 8

/** A voice-like sound: a tone that moves, with noise. */
function soundOf({ sampleRate }: Codec): Int16Array[] {
  const samples = sampleRate / 50
  return Array.from({ length: PACKETS }, (_, packet) =>
    Int16Array.from({ length: samples }, (_, i) => {
      const at = (packet * samples + i) / sampleRate
      const tone = Math.sin(2 * Math.PI * (180 + 60 * Math.sin(3 * at)) * at)
      return 6000 * tone * (1 + Math.sin(12 * at)) + 600 * (Math.random() - 0.5)
    }),
  )
}

const best = new Map<string, number>()
function measure(name: string, task: (packet: number) => void): void {
  const before = process.cpuUsage()
  for (let packet = 0; packet < PACKETS; packet++) task(packet)
  const { user, system } = process.cpuUsage(before)
  best.set(name, Math.min(best.get(name) ?? Infinity, (user + system) / PACKETS))
}

const all = Object.values(codecs)
const spoken = new Map<Codec, Uint8Array[]>()
for (let round = 0; round < ROUNDS; round++) {
  for (const codec of all) {
    const sound = soundOf(codec)
    const [encode, decode, ear] = [codec.openEncoder(), codec.openDecoder(), codec.openEar()]
    const payloads = sound.map(() => new Uint8Array(20 * codec.bytesPerMs))
    const pcm = new Int16Array(codec.sampleRate / 50)
    const judged = new Int16Array(160)
    measure(`${codec.name}, to encode`, (i) => encode(sound[i] as Int16Array, payloads[i] as Uint8Array))
    measure(`${codec.name}, to decode`, (i) => decode(payloads[i] as Uint8Array, pcm))
    measure(`${codec.name}, to be judged`, (i) => ear(payloads[i] as Uint8Array, judged))
    const keys = new KeyTones()
    measure(`${codec.name}, and for a key's tone`, (i) => {
      ear(payloads[i] as Uint8Array, judged)
      keys.hear(judged, () => {})
    })
    spoken.set(codec, payloads)
  }
  for (const [from, payloads] of spoken)
    for (const to of all) {
      if (from === to || (from.law && to.name === 'PCMA') || from.name === 'PCMA') continue
      const transcoder = new Transcoder(from, to)
      measure(`${from.name} for a listener in ${to.name}`, (i) =>
        transcoder.convert(payloads[i] as Uint8Array, () => {}),
      )
    }
}
console.log(`CPU µs for 20 ms of sound, best of ${ROUNDS} rounds of ${PACKETS} packets`)
for (const [name, micros] of best) console.log(`  ${name.padEnd(32)} ${micros.toFixed(1)}`)
