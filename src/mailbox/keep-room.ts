import type { Clock, Timer } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Message } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import type { Mailboxes } from './mailbox.ts'

interface RoomTools {
  readonly store: Pick<Store, 'mailboxes' | 'messages' | 'audit'>
  readonly mailboxes: Pick<Mailboxes, 'changeAll'>
  readonly clock: Clock
}

/** So many recordings go at a time: then it is seen whether that was enough. */
const BATCH = 20
/** The journal tries again to allocate within 2 s, and the machine looks each second. */
const SETTLED_MS = 4000

/** Makes room on a full disk, before a caller must be refused. */
export interface RoomKeeper extends Disposable {
  /** Whether there is none. */
  wanted(isWanted: boolean): void
}

/** Parts with junk, the oldest first, then with what is in the trash, for as long as there is no room. */
export function keepRoom({ log, ...tools }: RoomTools & { readonly log: Log }): RoomKeeper {
  const { clock } = tools
  let isWanted = false
  let isWorking = false
  let timer: Timer | undefined

  async function work(): Promise<void> {
    if (!isWanted || isWorking) return
    isWorking = true
    try {
      const removed = await makeRoom(tools)
      if (removed > 0) log.warn({ removed }, 'the disk is full: junk and trash have to go')
    } catch (error) {
      log.error({ err: error }, 'no room could be made on the disk; tried again')
    }
    isWorking = false
    // What comes into the trash meanwhile may go, too.
    if (isWanted) timer = clock.setTimer(SETTLED_MS, () => void work())
  }

  return {
    wanted(nowWanted) {
      const begins = nowWanted && !isWanted
      isWanted = nowWanted
      if (!nowWanted) timer?.cancel()
      if (begins) void work()
    },
    [Symbol.dispose]() {
      isWanted = false
      timer?.cancel()
    },
  }
}

/** Removes the oldest junk for good; where there is none, what has been in the trash for longest. Returns how many. */
export async function makeRoom({ store, mailboxes, clock }: RoomTools): Promise<number> {
  const at = clock.now()
  for (const state of ['junk', 'trash'] as const) {
    const ids = (await oldest(store, state, at)).map(({ id }) => id)
    if (ids.length === 0) continue
    if (state === 'junk') await mailboxes.changeAll('trash', ids)
    const gone = await mailboxes.changeAll('purge', ids)
    await store.audit.addAll(
      gone.map(({ id, callId }) => ({
        ...{ at, who: 'machine', act: 'purged' as const, callId, messageId: id },
        detail: `${state}: the disk was full`,
      })),
    )
    if (gone.length > 0) return gone.length
  }
  return 0
}

async function oldest(
  { mailboxes, messages }: RoomTools['store'],
  state: 'junk' | 'trash',
  at: number,
): Promise<readonly Message[]> {
  const found: Message[] = []
  for (const { id } of await mailboxes.list()) found.push(...(await messages.agedBefore(id, state, at + 1)))
  const since = ({ receivedAt, trashedAt }: Message) => trashedAt ?? receivedAt
  return found.toSorted((a, b) => since(a) - since(b)).slice(0, BATCH)
}
