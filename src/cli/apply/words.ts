import type { Kind } from './house.ts'
import type { Change, FieldChange } from './plan.ts'

export const ONE: Readonly<Record<Kind | 'greetings', string>> = {
  greetings: 'greeting',
  house: 'house',
  mailboxes: 'mailbox',
  lines: 'line',
  phones: 'phone',
  contacts: 'contact',
  numberLists: 'block list',
  contactSources: 'contact source',
  rules: 'rule',
  targets: 'target',
}

/** One of a kind, as people call it. */
export const nameOf = (kind: Kind, name: string): string =>
  kind === 'house' ? ONE.house : `${ONE[kind]} ${quoted(kind, name)}`

const quoted = (kind: Kind, name: string) =>
  kind === 'rules' || kind === 'contacts' || kind === 'contactSources' ? `"${name}"` : name

/** A change as a line for people, without secrets: `~ line home: ringSeconds 18 → 25`. */
export function sayChange(change: Change): string {
  switch (change.act) {
    case 'add':
      return `+ ${nameOf(change.kind, change.name)}`
    case 'remove':
      return `- ${nameOf(change.kind, change.name)}`
    case 'change':
      return `~ ${nameOf(change.kind, change.name)}: ${change.fields.map(sayField).join(', ')}`
    case 'rename':
      return `~ ${nameOf(change.kind, change.was)} is called ${quoted(change.kind, change.name)} now`
    case 'order':
      return `~ order of rules: ${change.after.map((name) => `"${name}"`).join(', ')}`
  }
}

function sayField({ path, before, after }: FieldChange): string {
  if (!/(^|\.)(password|pin|secret|token)$/.test(path)) {
    const shown = (value: unknown) =>
      sayValue(path === 'account' || path === 'mqtt' ? withoutPassword(value) : value)
    return `${path} ${shown(before)} → ${shown(after)}`
  }
  return `${path} ${before === null ? 'is set' : after === null ? 'is taken away' : 'is another'}`
}

/** An account, or a broker, that comes or goes as a whole. */
function withoutPassword(account: unknown): unknown {
  if (typeof account !== 'object' || account === null) return account
  return Object.fromEntries(Object.entries(account).filter(([key]) => key !== 'password'))
}

function sayValue(value: unknown): string {
  if (value === null) return 'none'
  return typeof value === 'string' && /^[\w.:@+/;=*-]+$/.test(value) ? value : JSON.stringify(value)
}
