import { signal } from '@preact/signals'

type Format = (number: string) => string

/** Until the formats of the world's numbers are here, a number is shown as it came. */
const format = signal<Format>((number) => number)

/** Fetches them, once the page stands: they weigh more than the page itself. */
export async function loadNumberFormats(): Promise<void> {
  const { default: parse } = await import('libphonenumber-js/min')
  format.value = (number) => {
    const parsed = number.startsWith('+') ? parse(number) : undefined
    return parsed?.isPossible() ? parsed.formatInternational() : number
  }
}

/** A caller's number as people write it: `+442079460123` becomes `+44 20 7946 0123`. Others stay as they came. */
export const formatNumber: Format = (number) => format.value(number)
