import type { Clock, Timer } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import { type Fill, levelOf, nextTold, percentOf, readFills, shareOfDisk } from '../store/fills.ts'
import type { FillNews } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import type { MachineEvent } from './machine.ts'

/** Watches how full mailboxes and the disk are. */
export interface QuotaWatch {
  /** What fills up, or is full. */
  readonly fills: readonly FillNews[]
  /** Who calls for this mailbox is told that no message can be taken: it is full, and its owner wants it so. */
  refuses(mailboxId: string): boolean
  close(): void
}

/** What recordings take on their disk, and what is left, in bytes. */
export interface DiskUse {
  readonly recordings: number
  readonly free: number
}

/** Changes come in crowds: an undone batch is one. */
const SOON_MS = 500
const LOOK_EVERY_MS = 60_000
const KEY = 'fills-told'
const DISK = ''

type Told = Readonly<Record<string, 'filling' | 'full'>>

/**
 * Looks at once, whenever messages or mailboxes change, and now and then, for the disk. Of what was told it is
 * kept with the look after: a machine that is killed in between tells twice rather than never. Rejects with AP_STORE_* when the
 * store can't be read.
 */
export async function openQuotaWatch(options: {
  readonly store: Pick<Store, 'settings' | 'onChange'> & Parameters<typeof readFills>[0]
  /** Undefined: nobody knows. */
  readonly disk: () => Promise<DiskUse | undefined>
  readonly clock: Clock
  readonly log: Log
  readonly tell: (event: Extract<MachineEvent, { kind: 'filling' | 'fills-changed' }>) => void
}): Promise<QuotaWatch> {
  const { store, disk, clock, log, tell } = options
  let known: readonly Fill[] = []
  let fills: readonly FillNews[] = []
  let told = JSON.parse((await store.settings.get(KEY)) ?? '{}') as Told
  let written = JSON.stringify(told)
  let timer: Timer | undefined
  let dueAt = 0
  let looking: Promise<void> | undefined
  let closed = false

  async function look(): Promise<void> {
    const before = JSON.stringify(told)
    if (before !== written) {
      await store.settings.set(KEY, before)
      written = before
    }
    known = await readFills(store)
    const use = await disk()
    const shares = new Map(
      known.map(({ mailbox: { id, name }, share }) => [id, { mailbox: name as string | null, share }]),
    )
    if (use) shares.set(DISK, { mailbox: null, share: shareOfDisk(use) })
    const next: Record<string, 'filling' | 'full'> = {}
    const now: FillNews[] = []
    for (const [id, { mailbox, share }] of shares) {
      const level = levelOf(share)
      const step = nextTold(told[id] ?? 'room', share)
      if (step.told !== 'room') next[id] = step.told
      if (level === 'room') continue
      const news = { mailbox, level, percent: percentOf(share) }
      now.push(news)
      if (step.isNews && !closed) tell({ kind: 'filling', ...news })
    }
    told = next
    if (JSON.stringify(now) === JSON.stringify(fills)) return
    fills = now
    if (!closed) tell({ kind: 'fills-changed', fills })
  }

  /** A look that comes sooner anyway is waited for: changes without a pause do not put it off. */
  function lookIn(ms: number): void {
    const at = clock.monotonic() + ms
    if (closed || (timer && dueAt <= at)) return
    timer?.cancel()
    dueAt = at
    timer = clock.setTimer(ms, () => {
      timer = undefined
      looking = (looking ?? Promise.resolve())
        .then(look)
        .catch((error: unknown) => log.warn({ err: error }, 'how full mailboxes are can not be read'))
      // What has changed meanwhile is looked at soon.
      void looking.then(() => timer ?? lookIn(LOOK_EVERY_MS))
    })
  }

  known = await readFills(store)
  lookIn(0)
  const stopFollowing = store.onChange((tables) => {
    if (tables.size === 0 || tables.has('messages') || tables.has('mailboxes')) lookIn(SOON_MS)
  })

  return {
    get fills() {
      return fills
    },
    refuses: (mailboxId) =>
      known.some(
        ({ mailbox: { id, whenFull }, share }) => id === mailboxId && whenFull === 'refuse' && share >= 1,
      ),
    close() {
      closed = true
      timer?.cancel()
      stopFollowing()
    },
  }
}
