import type { Delivery, Target } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { type Delivery as DeliveryView, HIDDEN_QUERY, type Target as TargetView } from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'

type Counts = Awaited<ReturnType<Store['outbox']['counts']>>

/** The address without its query, in which programs like to put their keys: `https://host/path?…`. */
export function shownUrl(url: string): string {
  const [open = ''] = url.split(/[?#]/)
  return open === url ? url : `${open}${HIDDEN_QUERY}`
}

/** A target as the API shows it: without its secret, and without the query of its address. */
export function showTarget({ secret, quiet, events, ...target }: Target, counts: Counts): TargetView {
  const countOf = (wanted: Delivery['state']) =>
    counts.find(({ targetId, state }) => targetId === target.id && state === wanted)?.count ?? 0
  return {
    ...target,
    url: shownUrl(target.url),
    hasSecret: secret !== null,
    events: [...events],
    quiet: quiet?.map(({ days, ...hours }) => ({ ...hours, days: [...days] })) ?? null,
    createdAt: iso(target.createdAt),
    lastTriedAt: isoOrNull(target.lastTriedAt),
    waiting: countOf('waiting'),
    dead: countOf('dead'),
  }
}

/** An event on its way, or given up. */
export function showDelivery(delivery: Delivery, targets: readonly Target[]): DeliveryView {
  const { id, targetId, event, at, state, attempts, nextTryAt, problem, endedAt } = delivery
  return {
    ...{ id, event, state, attempts, problem },
    target: targets.find((target) => target.id === targetId)?.name ?? targetId,
    at: iso(at),
    nextTryAt: state === 'waiting' ? iso(nextTryAt) : null,
    endedAt: isoOrNull(endedAt),
  }
}
