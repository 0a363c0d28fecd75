import { formatDay, formatTime } from '../format/moment.ts'
import { place } from '../i18n/words.ts'
import { now } from '../state/now.ts'

/** A date without its time: `3 Mar 2026`. */
export const formatDate = (iso: string): string =>
  new Intl.DateTimeFormat(place.value.language, { dateStyle: 'medium' }).format(Date.parse(iso))

/** The day as the lists name it, and the time. */
export const formatDayTime = (iso: string): string =>
  `${formatDay(iso, now.value, place.value)}, ${formatTime(iso, now.value, place.value)}`
