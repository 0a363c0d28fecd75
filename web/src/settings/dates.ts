import { place } from '../i18n/words.ts'

/** A date without its time: `3 Mar 2026`. */
export const formatDate = (iso: string): string =>
  new Intl.DateTimeFormat(place.value.language, { dateStyle: 'medium' }).format(Date.parse(iso))

/** The date with its time: `3 Mar 2026, 14:05`. */
export const formatDateTime = (iso: string): string =>
  new Intl.DateTimeFormat(place.value.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    Date.parse(iso),
  )
