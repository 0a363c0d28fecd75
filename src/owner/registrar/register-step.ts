import { unreachable } from '../../shared/step.ts'
import { formatNameAddress } from '../../sip/message/name-address.ts'
import { sameUri } from '../../sip/message/same-uri.ts'
import { type HeldBinding, placeOf } from './binding.ts'
import { connectTo } from './connect-to.ts'
import { type ContactWish, LIMITS, type RegisterFacts } from './read-register.ts'

/** What happens to the bindings of one phone. `at` is monotonic ms. */
export type BindingEvent =
  /** An authenticated REGISTER; `wallTime` is the same instant in ms since 1970. */
  | {
      readonly kind: 'register'
      readonly facts: RegisterFacts
      readonly at: number
      readonly wallTime: number
    }
  | { readonly kind: 'time-passed'; readonly at: number }
  /** The connection of this name is closed. */
  | { readonly kind: 'disconnected'; readonly flow: string }
  /** The phone was removed. */
  | { readonly kind: 'forget' }

export type BindingChange = 'registered' | 'refreshed' | 'gone'

export type BindingEffect =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: readonly (readonly [name: string, value: string])[]
    }
  | { readonly kind: 'save'; readonly binding: HeldBinding }
  | { readonly kind: 'remove'; readonly binding: HeldBinding }
  | { readonly kind: 'changed'; readonly why: BindingChange }

export type Bindings = readonly HeldBinding[]
type Next = readonly [Bindings, readonly BindingEffect[]]

/**
 * How long a flow may be silent before we take it for gone, in s (RFC 5626 §4.4): over UDP short of the 30 s for which
 * many a NAT keeps a mapping (RFC 4787 §4.3 asks for two minutes, which few keep).
 */
const FLOW_SECONDS = { udp: 29, stream: 120 } as const

/** The bindings of one phone (RFC 3261 §10.3, RFC 5626 §6): pure. */
export function stepBindings(bindings: Bindings, event: BindingEvent): Next {
  switch (event.kind) {
    case 'register':
      return register(bindings, event.facts, event.at, event.wallTime)
    case 'time-passed':
      return without(bindings, ({ deadline }) => deadline <= event.at)
    case 'disconnected':
      return without(bindings, (binding) => isLost(binding, event.flow))
    case 'forget':
      return without(bindings, () => true)
    default:
      return unreachable(event)
  }
}

function register(bindings: Bindings, facts: RegisterFacts, at: number, wallTime: number): Next {
  const wishes = facts.wish === 'remove-all' ? [] : facts.wish
  const touched =
    facts.wish === 'remove-all'
      ? bindings
      : bindings.filter((known) => wishes.some((wish) => same(known, wish)))
  // §10.3, steps 6 and 7: a request that was overtaken changes nothing at all.
  if (touched.some(({ callId, cseq }) => callId === facts.callId && facts.cseq <= cseq))
    return [bindings, [{ kind: 'answer', status: 500, headers: [] }]]

  const added = wishes
    // A contact that comes twice counts once: the later.
    .filter(
      (wish, place) => wish.expiresSeconds > 0 && !wishes.slice(place + 1).some((later) => same(wish, later)),
    )
    .map((wish) => bind(facts, wish, at, wallTime))
  const stale = bindings.filter(
    (known) => touched.includes(known) || (added.length > 0 && isSuperseded(known, facts)),
  )
  const kept = bindings.filter((known) => !stale.includes(known))
  const room = LIMITS.bindings - added.length
  const leaving = [...kept].sort((a, b) => a.deadline - b.deadline).slice(0, Math.max(kept.length - room, 0))
  const next = [...kept.filter((known) => !leaving.includes(known)), ...added]

  const removed = [...stale, ...leaving]
  const why = whyChanged(added, touched, removed)
  return [
    next,
    [
      { kind: 'answer', status: 200, headers: answerHeaders(next, facts, at) },
      ...removed.map((binding) => ({ kind: 'remove', binding }) as const),
      ...added.map((binding) => ({ kind: 'save', binding }) as const),
      ...(why ? [{ kind: 'changed', why } as const] : []),
    ],
  ]
}

/** What tells one binding from another. */
interface Identity {
  readonly contact: string
  readonly instance: string | null
  readonly regId: number | null
}

/** By device and flow (RFC 5626 §6), or by URI where one of the two has no name for its device (RFC 3261 §10.3). */
function same(one: Identity, other: Identity): boolean {
  return one.instance !== null && other.instance !== null
    ? one.instance === other.instance && one.regId === other.regId
    : sameUri(one.contact, other.contact)
}

/**
 * A phone that was restarted comes with another Call-ID (RFC 3261 §10.2.4) and often another contact, from the port of
 * before: nobody else can be there, so what it had registered is gone, and would only ring it twice.
 */
function isSuperseded(known: HeldBinding, { source, direct, callId }: RegisterFacts): boolean {
  return direct && known.direct && known.callId !== callId && placeOf(known.source) === placeOf(source)
}

/**
 * RFC 5626 §6, §4.2.1: a flow that failed takes its binding with it, and the phone comes again by another. Other phones close
 * and open connections as they like: theirs stay while they can be connected to.
 */
function isLost({ direct, source, contact, regId }: HeldBinding, flow: string): boolean {
  if (!direct || source.flow !== flow) return false
  return regId !== null || connectTo(contact, source) === undefined
}

function bind(facts: RegisterFacts, wish: ContactWish, at: number, wallTime: number): HeldBinding {
  const { phone, callId, cseq, source, direct, to, routes, userAgent } = facts
  const lifeMs = wish.expiresSeconds * 1000
  return {
    phone,
    contact: wish.contact,
    to: (direct && connectTo(wish.contact, source)) || to,
    routes,
    q: wish.q,
    expiresAt: wallTime + lifeMs,
    userAgent,
    instance: wish.instance,
    regId: wish.regId,
    callId,
    cseq,
    source,
    direct,
    deadline: at + lifeMs,
  }
}

function whyChanged(added: Bindings, touched: Bindings, removed: Bindings): BindingChange | undefined {
  if (added.length === 0) return removed.length > 0 ? 'gone' : undefined
  const known = (binding: HeldBinding) => touched.some((before) => same(before, binding))
  return added.every(known) ? 'refreshed' : 'registered'
}

function answerHeaders(bindings: Bindings, { routes, outbound, source }: RegisterFacts, at: number) {
  const headers: [string, string][] = bindings.map((binding) => ['Contact', formatBinding(binding, at)])
  // RFC 3327 §5.3: what was taken is shown.
  for (const route of routes) headers.push(['Path', route])
  if (outbound) {
    // RFC 5626 §6, §4.4.
    headers.push(['Require', 'outbound'])
    headers.push(['Flow-Timer', String(source.flow === undefined ? FLOW_SECONDS.udp : FLOW_SECONDS.stream)])
  }
  return headers
}

/** §10.3, step 8: each contact with what is left of its time. */
function formatBinding({ contact, q, deadline, instance, regId }: HeldBinding, at: number): string {
  const params = new Map<string, string>()
  if (q !== 1) params.set('q', String(q))
  params.set('expires', String(Math.ceil((deadline - at) / 1000)))
  if (instance !== null) params.set('+sip.instance', instance)
  if (regId !== null) params.set('reg-id', String(regId))
  return formatNameAddress({ displayName: undefined, uri: contact, params })
}

function without(bindings: Bindings, leaves: (binding: HeldBinding) => boolean): Next {
  const leaving = bindings.filter(leaves)
  if (leaving.length === 0) return [bindings, []]
  return [
    bindings.filter((binding) => !leaves(binding)),
    [...leaving.map((binding) => ({ kind: 'remove', binding }) as const), { kind: 'changed', why: 'gone' }],
  ]
}
