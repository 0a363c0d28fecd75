import type { Mailbox } from './model.ts'
import type { Store } from './store.ts'

/** What a mailbox may keep. */
export type Limits = Pick<Mailbox, 'quotaMessages' | 'quotaMinutes'>

/** What it keeps: new messages and heard ones. Junk and trash give way, and count for nothing. */
export interface Held {
  readonly messages: number
  readonly ms: number
}

export type Level = 'room' | 'filling' | 'full'

const LEVELS: readonly Level[] = ['room', 'filling', 'full']
const FILLING = 0.8
/** So far it has to fall below a mark before reaching it is news again. */
const SLACK = 0.05
/** Less than this free on the disk counts as nothing: it is for databases, journals and other programs. */
const DISK_SPARE_BYTES = 64 << 20

/** How much of its quota a mailbox has used; null: it has none. */
export function shareOf({ quotaMessages, quotaMinutes }: Limits, { messages, ms }: Held): number | null {
  const shares = [
    ...(quotaMessages === null ? [] : [messages / quotaMessages]),
    ...(quotaMinutes === null ? [] : [ms / (quotaMinutes * 60_000)]),
  ]
  return shares.length === 0 ? null : Math.max(...shares)
}

/** How much of the room that a disk has for recordings they take; what else lies there is not theirs to move. */
export function shareOfDisk({ recordings, free }: { recordings: number; free: number }): number {
  const left = Math.max(0, free - DISK_SPARE_BYTES)
  return left === 0 ? 1 : recordings / (recordings + left)
}

export const levelOf = (share: number): Level => (share >= 1 ? 'full' : share >= FILLING ? 'filling' : 'room')

export const percentOf = (share: number): number => Math.floor(share * 100)

/**
 * What there is to tell of a share, and what is known to be told from then on: each crossing upwards once, and again only after it
 * has clearly fallen.
 */
export function nextTold(told: Level, share: number): { readonly told: Level; readonly isNews: boolean } {
  const reached = levelOf(share)
  const rank = (level: Level) => LEVELS.indexOf(level)
  if (rank(reached) > rank(told)) return { told: reached, isNews: true }
  const fallen = levelOf(share + SLACK)
  return { told: rank(fallen) < rank(told) ? fallen : told, isNews: false }
}

/** A mailbox that has a quota, and how much of it is used. */
export interface Fill {
  readonly mailbox: Pick<Mailbox, 'id' | 'name' | 'whenFull'>
  readonly share: number
}

/** How full mailboxes are that have a quota, by name. */
export async function readFills(store: {
  readonly mailboxes: Pick<Store['mailboxes'], 'list'>
  readonly messages: Pick<Store['messages'], 'held'>
}): Promise<readonly Fill[]> {
  const mailboxes = (await store.mailboxes.list()).filter((mailbox) => shareOf(mailbox, NOTHING) !== null)
  if (mailboxes.length === 0) return []
  const held = new Map((await store.messages.held()).map((row) => [row.mailboxId, row]))
  return mailboxes.flatMap((mailbox) => {
    const share = shareOf(mailbox, held.get(mailbox.id) ?? NOTHING)
    return share === null ? [] : [{ mailbox, share }]
  })
}

const NOTHING: Held = { messages: 0, ms: 0 }
