import { encode } from 'uqr'

/** A QR code (ISO/IEC 18004) as the path of an SVG whose unit is one module. */
export interface QrCode {
  /** Modules a side, the quiet zone of four included. */
  readonly size: number
  readonly path: string
}

/** Draws a text; medium error correction stands a scratched screen. */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return { size, path }
}
