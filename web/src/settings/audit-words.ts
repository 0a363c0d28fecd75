import type { SettingsWords } from './words/settings-words.ts'

/** Who did something, in words: `user:Ada` is Ada, `phone:kitchen` the phone kitchen. */
export function whoDid(who: string, { audit }: Pick<SettingsWords, 'audit'>): string {
  if (who === 'console') return audit.console
  const [, kind = '', name = who] = /^(phone|user|token):(.+)$/s.exec(who) ?? []
  const label = { phone: audit.kinds.phone, token: audit.kinds.token }[kind]
  return label === undefined ? name : `${label} ${name}`
}
