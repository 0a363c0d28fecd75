const HEADER_BYTES = 44

/**
 * A WAV file of 16-bit mono PCM (RIFF, little endian).
 * @param sound samples between -1 and 1, `rate` of them a second
 */
export function encodeWav({
  samples,
  rate,
}: {
  readonly samples: Float32Array
  readonly rate: number
}): ArrayBuffer {
  const file = new ArrayBuffer(HEADER_BYTES + samples.length * 2)
  const view = new DataView(file)
  const text = (at: number, name: string) => {
    for (let place = 0; place < name.length; place++) view.setUint8(at + place, name.charCodeAt(place))
  }
  text(0, 'RIFF')
  view.setUint32(4, file.byteLength - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, place) => {
    view.setInt16(HEADER_BYTES + place * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true)
  })
  return file
}
