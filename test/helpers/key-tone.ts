import { codecs } from '../../src/media/codec/codecs.ts'
import { writeKeyTone } from '../../src/media/codec/dtmf.ts'
import type { CodecName } from '../../src/media/engine.ts'
import { DIGITS } from '../../src/media/rtp/telephone-event.ts'

/** A key's tones in packets of 20 ms of G.711: the payload of the n-th. */
export function keyTone(
  key: string,
  codec: CodecName & ('PCMU' | 'PCMA') = 'PCMU',
): (packet: number) => Buffer {
  return (packet) => {
    const pcm = new Int16Array(160)
    writeKeyTone(DIGITS.indexOf(key), packet * 160, 8000, pcm)
    const payload = Buffer.alloc(160)
    codecs[codec].openEncoder()(pcm, payload)
    return payload
  }
}
