import type { Clock, Timer } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { Random } from '../../shared/random.ts'
import { unreachable } from '../../shared/step.ts'
import { buildResponse } from '../../sip/message/build.ts'
import type { ServerTransaction } from '../../sip/transaction/layer.ts'
import type { Source } from '../../sip/transport/transport.ts'
import type { Phone } from '../phone.ts'
import { type Binding, placeOf } from './binding.ts'
import type { BindingStore } from './binding-store.ts'
import { readRegister } from './read-register.ts'
import {
  type BindingChange,
  type BindingEffect,
  type BindingEvent,
  type Bindings,
  stepBindings,
} from './register-step.ts'
import { restore, toStored } from './restore.ts'
import { createWriteBehind } from './write-behind.ts'

export type { Binding } from './binding.ts'
export type { BindingStore, StoredBinding } from './binding-store.ts'
export type { BindingChange } from './register-step.ts'

/** Knows where the phones are (RFC 3261 §10, RFC 3327, RFC 5626). */
export interface Registrar {
  /** Answers a REGISTER whose sender has been authenticated as this phone. */
  register(transaction: Pick<ServerTransaction, 'request' | 'respond'>, phone: Pick<Phone, 'name'>): void
  /** The live ones, in the order in which they were made or refreshed. */
  bindingsOf(phone: string): readonly Binding[]
  /**
   * The phone whose live binding came from this very source: its connection, or its address and port. Not through a proxy:
   * whoever is behind it comes from there.
   */
  phoneAt(source: Source): string | undefined
  /** This connection is closed: whoever can't be reached but by it is gone. */
  disconnected(source: Source): void
  /** The phone was removed, or got another password: what it had registered is void. */
  forget(phone: string): void
  /**
   * After the answer to a REGISTER: `registered` for a new binding, `refreshed` for the known ones; `gone` when a binding was
   * removed or has lapsed, though others of the phone may still be there.
   */
  onChange: (phone: string, why: BindingChange) => void
  /** Stops the timers; resolves when what was to be written is written, or can't be. */
  close(): Promise<void>
}

export interface RegistrarOptions {
  readonly store: BindingStore
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

interface Held {
  bindings: Bindings
  timer: Timer | undefined
}

/** Opens the registrar with the bindings from before; without them when the store is out of order. Never rejects. */
export async function openRegistrar({ store, clock, random, log }: RegistrarOptions): Promise<Registrar> {
  const held = new Map<string, Held>()
  /** Phones by the place that their bindings came from; a device may be two phones. */
  const places = new Map<string, Set<string>>()
  const writes = createWriteBehind({ clock, log })

  function send(phone: string, event: BindingEvent, answer: Answer = () => {}): void {
    const before = held.get(phone)?.bindings ?? []
    const [after, effects] = stepBindings(before, event)
    hold(phone, before, after)
    for (const effect of effects) carryOut(phone, effect, answer)
  }

  function hold(phone: string, before: Bindings, after: Bindings): void {
    if (before === after) return
    for (const binding of before) leave(placeOf(binding.source), phone)
    for (const { direct, source } of after) {
      if (direct) places.set(placeOf(source), (places.get(placeOf(source)) ?? new Set()).add(phone))
    }
    held.get(phone)?.timer?.cancel()
    if (after.length === 0) {
      held.delete(phone)
      return
    }
    const firstDeadline = Math.min(...after.map(({ deadline }) => deadline))
    const timer = clock.setTimer(firstDeadline - clock.monotonic(), () =>
      send(phone, { kind: 'time-passed', at: clock.monotonic() }),
    )
    held.set(phone, { bindings: after, timer })
  }

  function leave(place: string, phone: string): void {
    const there = places.get(place)
    there?.delete(phone)
    if (there?.size === 0) places.delete(place)
  }

  function carryOut(phone: string, effect: BindingEffect, answer: Answer): void {
    switch (effect.kind) {
      case 'answer':
        return answer(effect.status, effect.headers)
      case 'save':
      case 'remove':
        return write(phone, effect.binding.contact)
      case 'changed':
        log.debug({ phone, why: effect.why }, 'bindings changed')
        return registrar.onChange(phone, effect.why)
      default:
        return unreachable(effect)
    }
  }

  /** What is held for this contact when its turn comes: two flows of a device may have one contact (RFC 5626 §4.2). */
  function write(phone: string, contact: string): void {
    writes.put(`${phone} ${contact}`, () => {
      const binding = held.get(phone)?.bindings.findLast((known) => known.contact === contact)
      return binding ? store.save(toStored(binding)) : store.remove(phone, contact)
    })
  }

  async function load(): Promise<void> {
    const now = { at: clock.monotonic(), wallTime: clock.now() }
    const restored = new Map<string, Bindings>()
    for (const stored of await store.load()) {
      const binding = restore(stored, now)
      if (binding) restored.set(binding.phone, [...(restored.get(binding.phone) ?? []), binding])
      else writes.put(`${stored.phone} ${stored.contact}`, () => store.remove(stored.phone, stored.contact))
    }
    for (const [phone, bindings] of restored) hold(phone, [], bindings)
  }

  const registrar: Registrar = {
    register({ request, respond }, { name }) {
      const answer: Answer = (status, headers) =>
        respond(buildResponse(request, status, { toTag: random.token(8), headers }))
      const facts = readRegister(request, name)
      if ('status' in facts) return answer(facts.status, facts.headers)
      send(name, { kind: 'register', facts, at: clock.monotonic(), wallTime: clock.now() }, answer)
    },
    bindingsOf: (phone) => held.get(phone)?.bindings ?? [],
    phoneAt: (source) => places.get(placeOf(source))?.values().next().value,
    disconnected(source) {
      const { flow } = source
      if (flow === undefined) return
      for (const phone of [...(places.get(placeOf(source)) ?? [])])
        send(phone, { kind: 'disconnected', flow })
    },
    forget: (phone) => send(phone, { kind: 'forget' }),
    onChange: () => {},
    close() {
      for (const { timer } of held.values()) timer?.cancel()
      return writes.close()
    },
  }
  try {
    await load()
  } catch (error) {
    log.warn(
      { err: error },
      'the bindings of phones can not be read: each is missing until it registers again',
    )
  }
  return registrar
}

type Answer = (status: number, headers: readonly (readonly [name: string, value: string])[]) => void
