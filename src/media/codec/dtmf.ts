/** ITU-T Q.23: the frequencies of rows and columns, in Hz. */
export const ROWS = [697, 770, 852, 941]
export const COLUMNS = [1209, 1336, 1477, 1633]
/** Row and column of each event code of RFC 4733 §3.2: 0–9, *, #, A–D. */
const PLACES = [
  '31',
  '00',
  '01',
  '02',
  '10',
  '11',
  '12',
  '20',
  '21',
  '22',
  '30',
  '32',
  '03',
  '13',
  '23',
  '33',
]
/** Levels in dBm0 as telephones send them: the higher tone is stronger, since lines weaken it more (ITU-T Q.24). */
const ROW_DBM0 = -9
const COLUMN_DBM0 = -7
/** The loudest sine of G.711 A-law, in dBm0. */
const OVERLOAD_DBM0 = 3.14

/** Of a sine, in samples of 16 bits. */
export const amplitude = (dbm0: number) => 32_767 * 10 ** ((dbm0 - OVERLOAD_DBM0) / 20)

/** True for the event codes that are keys; a flash or a modem's tone is none. */
export const isKey = (code: number): boolean => code < PLACES.length

/** Fills `pcm` with the tone pair of a key, from its sample `from` on. */
export function writeKeyTone(code: number, from: number, sampleRate: number, pcm: Int16Array): void {
  const [row = '0', column = '0'] = PLACES[code] ?? ''
  const low = (2 * Math.PI * (ROWS[Number(row)] ?? 0)) / sampleRate
  const high = (2 * Math.PI * (COLUMNS[Number(column)] ?? 0)) / sampleRate
  for (let i = 0; i < pcm.length; i++)
    pcm[i] = Math.round(
      amplitude(ROW_DBM0) * Math.sin(low * (from + i)) + amplitude(COLUMN_DBM0) * Math.sin(high * (from + i)),
    )
}

/** The event code of the key in this row and column. */
export const keyAt = (row: number, column: number): number => PLACES.indexOf(`${row}${column}`)
