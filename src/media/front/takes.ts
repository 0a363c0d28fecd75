import type { HearTake, MediaEvent, SessionTakeOptions } from '../engine.ts'
import type { OnSound } from '../recorder/recorder.ts'
import type { FromHost } from '../worker/messages.ts'

type OnEvent = (event: MediaEvent) => void

/** The takes of this process, by their ids. `Slot` is where one is. */
export class Takes<Slot> {
  readonly #hear: HearTake | undefined
  /** Started and not released yet; one may end after its session was closed. */
  readonly #running = new Map<string, { readonly slot: Slot; readonly onEvent: OnEvent }>()
  readonly #heard = new Map<string, { readonly slot: Slot; readonly onSound: OnSound }>()

  constructor(hear: HearTake | undefined) {
    this.#hear = hear
  }

  /** One is ordered. Whether anybody wants to hear it while it goes on. */
  begin(slot: Slot, take: SessionTakeOptions): boolean {
    const onSound = this.#hear?.(take)
    if (onSound) this.#heard.set(take.takeId, { slot, onSound })
    return onSound !== undefined
  }

  /** Passes an event on; those of a take reach who started it even after the session was closed. */
  pass(event: MediaEvent, seat: { readonly slot: Slot; readonly onEvent: OnEvent } | undefined): void {
    if (event.kind === 'take-started' && seat)
      this.#running.set(event.takeId, { slot: seat.slot, onEvent: seat.onEvent })
    const take = this.#running.get(takeIn(event) ?? '')
    if (event.kind === 'take-lost') this.#running.delete(event.takeId)
    const onEvent = take?.onEvent ?? seat?.onEvent
    onEvent?.(event)
  }

  passSound({ takeId, packets }: FromHost & { kind: 'sound' }): void {
    const { onSound } = this.#heard.get(takeId) ?? {}
    if (!packets) this.#heard.delete(takeId)
    onSound?.(packets)
  }

  /** Where it is; undefined when it is from before the last start. */
  slotOf(takeId: string): Slot | undefined {
    return this.#running.get(takeId)?.slot
  }

  forget(takeId: string): void {
    this.#running.delete(takeId)
  }

  /** Nothing more comes from there. */
  lost(slot: Slot): void {
    for (const [takeId, take] of this.#running) if (take.slot === slot) this.#running.delete(takeId)
    for (const [takeId, take] of this.#heard)
      if (take.slot === slot) this.passSound({ kind: 'sound', takeId })
  }
}

function takeIn(event: MediaEvent): string | undefined {
  if ('takeId' in event) return event.takeId
  return event.kind === 'take-ended' ? event.take.takeId : undefined
}
