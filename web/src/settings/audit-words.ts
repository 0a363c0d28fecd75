import type { Place } from '../format/moment.ts'
import type { SettingsWords } from './words/settings-words.ts'

/** Who did something, in words: `user:Ada` is Ada, `phone:kitchen` the phone kitchen. */
export function whoDid(who: string, { audit }: Pick<SettingsWords, 'audit'>): string {
  if (who === 'console') return audit.console
  const [, kind = '', name = who] = /^(phone|user|token):(.+)$/s.exec(who) ?? []
  const label = { phone: audit.kinds.phone, token: audit.kinds.token }[kind]
  return label === undefined ? name : `${label} ${name}`
}

/** Instants in a detail, as the machine writes them. */
const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g

/** What else there is to say, with its instants as people here read them. */
export function tellDetail(detail: string, { language, timeZone }: Place): string {
  const zone = timeZone === undefined ? {} : { timeZone }
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', ...zone })
  return detail.replace(INSTANT, (text) => {
    const at = Date.parse(text)
    return Number.isNaN(at) ? text : format.format(at)
  })
}
