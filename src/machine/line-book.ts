import ipaddr from 'ipaddr.js'
import { greetingAt } from '../mailbox/schedule/greeting-at.ts'
import { chooseLine } from '../rules/choose-line.ts'
import { newestRead } from '../shared/newest-read.ts'
import type { Source } from '../sip/transport/transport.ts'
import type { Greeting, Line, Mailbox, Rule } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import type { Clips } from './clips.ts'

/** Where a packet came from. */
type Whence = Pick<Source, 'transport' | 'address'>

/** A line with the mailbox that its messages go to. */
export interface Entry {
  readonly line: Line
  readonly mailbox: Mailbox
  /**
   * The clip that greets a caller who arrives at this instant.
   *
   * @param wanted the greeting that a rule names, where it is still there; undefined: that of the mailbox
   */
  greetingClip(at: number, wanted?: string | null): string
}

interface Row extends Entry {
  readonly name: string
  readonly number: string | null
  readonly user: string | null
  readonly blocks: readonly Block[]
}

/**
 * The lines as the call path needs them: in memory, because whether a packet deserves an answer is asked before
 * anything else and must cost next to nothing. It follows the store, so that a line added by the CLI is reached soon.
 */
export interface LineBook {
  /** Whether any line's trunk or registrar is there: all others get no answer at all. */
  admits(source: Whence): boolean
  /** The line that a call from there to this user is for. */
  find(source: Whence, user: string | undefined): Entry | undefined
  /** A line by its id, wherever a call to it comes from. */
  byId(id: string): Entry | undefined
  /** Those that are answered now. */
  readonly lines: readonly Line[]
  /** Reads the lines again. */
  reload(): Promise<void>
}

type Block = [network: ipaddr.IPv4 | ipaddr.IPv6, bits: number]

/**
 * Opens the book and reads it once; `livesAt` says where lines are registered. Rejects with AP_STORE_* when the store can't be
 * read.
 */
export async function openLineBook(
  store: Pick<Store, 'lines' | 'mailboxes' | 'greetings' | 'rules'>,
  clips: Clips,
  livesAt: (source: Whence, lineId?: string) => boolean,
): Promise<LineBook> {
  let entries: readonly Row[] = []
  const verdicts = new Map<string, boolean>()
  const trunkHolds = (blocks: readonly Block[], address: string) => {
    const parsed = parse(address)
    return (
      parsed !== undefined && blocks.some((block) => parsed.kind() === block[0].kind() && parsed.match(block))
    )
  }

  const book: LineBook = {
    admits(source) {
      const { address } = source
      let verdict = verdicts.get(address)
      if (verdict === undefined) {
        verdict = entries.some(({ blocks }) => trunkHolds(blocks, address))
        // A flood from forged addresses must not fill the memory; the verdict is cheap to find again.
        if (verdicts.size >= 4096) verdicts.clear()
        verdicts.set(address, verdict)
      }
      return verdict || livesAt(source)
    },
    find: (source, user) =>
      chooseLine(
        entries.filter(({ blocks, line }) => trunkHolds(blocks, source.address) || livesAt(source, line.id)),
        user,
      ),
    byId: (id) => entries.find(({ line }) => line.id === id),
    get lines() {
      return entries.map(({ line }) => line)
    },
    // A greeting that is slow to load must not bring back lines older than those read meanwhile.
    reload: newestRead(
      async () => {
        const [lines, mailboxes, greetings, rules] = await Promise.all([
          store.lines.list(),
          store.mailboxes.list(),
          store.greetings.list(),
          store.rules.list(),
        ])
        return Promise.all(
          lines.map(async (line) => {
            const mailbox = mailboxes.find(({ id }) => id === line.mailboxId)
            if (!mailbox) throw new Error(`line ${line.name} has no mailbox`) // the store's foreign key forbids it
            return {
              line,
              mailbox,
              greetingClip: await greetingsOf(mailbox, rules, greetings, clips),
              name: line.name,
              number: line.number,
              user: line.account?.user ?? null,
              blocks: line.trunk.flatMap(toBlock),
            }
          }),
        )
      },
      (read) => {
        entries = read
        verdicts.clear()
      },
    ),
  }
  await book.reload()
  return book
}

/** Loads all that a call to a mailbox may ever hear: a call must not wait for one. */
async function greetingsOf(
  mailbox: Mailbox,
  rules: readonly Rule[],
  greetings: readonly Greeting[],
  clips: Clips,
): Promise<Entry['greetingClip']> {
  const wanted = new Set([
    mailbox.greetingId,
    ...mailbox.schedule.map(({ greetingId }) => greetingId),
    ...rules.map(({ action }) => (action.kind === 'take' ? action.greeting : null)),
  ])
  const shipped = await clips.shipped(mailbox.language)
  if (rules.some(({ action }) => action.kind === 'take' && action.gate)) await clips.atGates(mailbox.language)
  const loaded = new Map<string, string>()
  for (const greeting of greetings)
    if (wanted.has(greeting.id)) loaded.set(greeting.id, (await clips.greetingFor(greeting)) ?? shipped)
  return (at, asked) => {
    const ruled = asked === null ? shipped : loaded.get(asked ?? '')
    if (ruled !== undefined) return ruled
    const { greetingId } = greetingAt(mailbox, (id) => loaded.has(id), at)
    return (greetingId !== null && loaded.get(greetingId)) || shipped
  }
}

function toBlock(cidr: string): Block[] {
  try {
    if (cidr.includes('/')) return [ipaddr.parseCIDR(cidr)]
    const address = ipaddr.process(cidr)
    return [[address, address.kind() === 'ipv4' ? 32 : 128]]
  } catch {
    return [] // the store takes only what ipaddr.js reads; a block edited by hand trusts nobody
  }
}

/** IPv4 addresses that a dual-stack socket shows as ::ffff:a.b.c.d are IPv4. A zone (fe80::1%eth0) does not matter. */
function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const bare = address.replace(/%.*$/, '')
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : undefined
}
