import type { Clock, Timer } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import { runMachine, unreachable } from '../../shared/step.ts'
import type { Delivery, Target } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { Carrier, Outcome } from './carrier.ts'
import { AT_START, type Desk, type DeskEvent, type DeskOrder, type Settlement, stepDesk } from './desk.ts'

export interface OutboxOptions {
  readonly store: Pick<Store, 'targets' | 'outbox' | 'onChange'>
  readonly carriers: readonly Carrier[]
  /** The JSON that tells of it, as things are now. */
  readonly compose: (delivery: Delivery) => Promise<string>
  /** Until when this target is left in peace; an instant that has passed: it is not. */
  readonly heldUntil: (target: Target, now: number) => Promise<number>
  readonly clock: Clock
  readonly log: Log
}

/** After a failure of the database. */
const STORE_PAUSE_MS = 5000

/**
 * Carries what waits in the store to its targets: a desk for each (desk.ts), which know nothing of each other. What is on its
 * way when the machine dies is sent again, with the same id.
 */
export function openOutbox(options: OutboxOptions): AsyncDisposable {
  const { store, carriers, compose, heldUntil, clock, log } = options
  const desks = new Map<string, { send(event: DeskEvent): void }>()
  const timers = new Map<string, Timer>()
  const retries = new Set<Timer>()
  /**
   * Their last read; undefined: they may have changed. It is the read that is kept, not what it comes to: so a change while
   * it is on its way is not forgotten. Most machines have none, and then nothing waits either.
   */
  let targets: Promise<readonly Target[]> | undefined
  let pause: Timer | undefined
  let closed = false
  let composing: Promise<void> | undefined
  let composeAgain = false

  const stopFollowing = store.onChange((tables) => {
    const changed = (table: string) => tables.size === 0 || tables.has(table)
    if (changed('targets')) targets = undefined
    if (['messages', 'calls', 'transcripts', 'outbox', 'targets', 'settings'].some(changed)) wake()
  })

  function wake(): void {
    if (closed) return
    composeAgain = composing !== undefined
    composing ??= composeAndLook()
      .catch(troubled)
      .finally(() => {
        composing = undefined
        if (composeAgain) wake()
      })
  }

  async function composeAndLook(): Promise<void> {
    targets ??= store.targets.list()
    const all = await targets
    for (const id of desks.keys()) if (!all.some((target) => target.id === id)) desks.delete(id)
    if (all.length === 0) return
    // Soon after its fact, whatever stands before it: so that it tells how things were.
    for (let bare = await store.outbox.bare(); bare.length > 0 && !closed; bare = await store.outbox.bare())
      for (const delivery of bare) await store.outbox.setBody(delivery.id, await compose(delivery))
    for (const { id } of all) deskOf(id).send({ kind: 'changed' })
  }

  function deskOf(targetId: string) {
    let desk = desks.get(targetId)
    if (!desk) {
      desk = runMachine<Desk, DeskEvent, DeskOrder>(stepDesk, AT_START, (order) => carryOut(targetId, order))
      desks.set(targetId, desk)
    }
    return desk
  }

  function carryOut(targetId: string, order: DeskOrder): void {
    switch (order.kind) {
      case 'look':
        return doIt(() => look(targetId))
      case 'set-timer':
        return void timers.set(
          targetId,
          clock.setTimer(order.ms, () => deskOf(targetId).send({ kind: 'time-came' })),
        )
      case 'cancel-timer':
        return timers.get(targetId)?.cancel()
      case 'send':
        return doIt(() => send(targetId, order.head.id))
      case 'settle':
        return doIt(() => settle(targetId, order.id, order.settlement))
      default:
        return unreachable(order)
    }
  }

  /** Again and again, while the database can't. */
  function doIt(act: () => Promise<void>): void {
    if (closed) return
    act().catch((error: unknown) => {
      if (closed) return
      log.warn({ err: error }, 'what waits to be told can not be read or written; tried again')
      const timer = clock.setTimer(STORE_PAUSE_MS, () => {
        retries.delete(timer)
        doIt(act)
      })
      retries.add(timer)
    })
  }

  async function look(targetId: string): Promise<void> {
    const target = await store.targets.get(targetId)
    const head = (await store.outbox.heads()).find((each) => each.targetId === targetId && each.body !== null)
    const now = clock.now()
    const quietUntil = target && head ? await heldUntil(target, now) : now
    deskOf(targetId).send({ kind: 'found', head: target && head, heldUntil: quietUntil, now })
  }

  async function send(targetId: string, id: string): Promise<void> {
    const [target, delivery] = [await store.targets.get(targetId), await store.outbox.get(id)]
    const carrier = carriers.find(({ kind }) => kind === target?.kind)
    const { body = null } = delivery ?? {}
    // It was taken out of the list in this very moment.
    const outcome: Outcome =
      target && delivery && body !== null && carrier
        ? await carrier.carry(target, { ...delivery, body })
        : { kind: 'taken' }
    if (closed) return
    const facts = { target: target?.name, event: delivery?.event, id, ...outcome }
    if (outcome.kind === 'taken') log.debug(facts, 'an event was told')
    else log.warn(facts, 'an event could not be told')
    deskOf(targetId).send({ kind: 'outcome', outcome, now: clock.now() })
  }

  async function settle(targetId: string, id: string, settlement: Settlement): Promise<void> {
    const now = clock.now()
    if (settlement.kind === 'taken') {
      await store.outbox.remove(id)
      await store.targets.tried(targetId, now, '')
    } else {
      const { attempts, why } = settlement
      const over =
        settlement.kind === 'dead'
          ? ({ state: 'dead', nextTryAt: now, endedAt: now } as const)
          : ({ state: 'waiting', nextTryAt: settlement.nextTryAt, endedAt: null } as const)
      await store.outbox.settle(id, { ...over, attempts, problem: why })
      await store.targets.tried(targetId, now, why)
      if (settlement.kind === 'dead' && settlement.closes)
        await store.targets.set(targetId, { enabled: false })
    }
    deskOf(targetId).send({ kind: 'settled' })
  }

  function troubled(error: unknown): void {
    targets = undefined
    if (closed) return
    log.warn({ err: error }, 'what waits to be told can not be read; tried again')
    pause = clock.setTimer(STORE_PAUSE_MS, wake)
  }

  wake()
  return {
    async [Symbol.asyncDispose]() {
      closed = true
      stopFollowing()
      pause?.cancel()
      for (const timer of [...timers.values(), ...retries]) timer.cancel()
      await composing
    },
  }
}
