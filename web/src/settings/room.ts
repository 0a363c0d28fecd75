/** What an hour of messages takes: 16-bit mono at 8 kHz. */
const BYTES_AN_HOUR = 2 * 8000 * 3600

/** Whole hours of messages that this many bytes hold. */
export const hoursOfSound = (bytes: number): number => Math.floor(bytes / BYTES_AN_HOUR)

const UNITS = [
  { unit: 'terabyte', bytes: 1e12 },
  { unit: 'gigabyte', bytes: 1e9 },
  { unit: 'megabyte', bytes: 1e6 },
] as const

/** Decimal units, as disks are sold: `21.4 GB`. */
export function formatBytes(bytes: number, language: string): string {
  const { unit, bytes: size } = UNITS.find((larger) => bytes >= larger.bytes) ?? UNITS[2]
  const value = bytes / size
  const maximumFractionDigits = value < 100 ? 1 : 0
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits }).format(value)
}
