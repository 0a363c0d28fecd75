import { AnswerphoneError } from '../../shared/errors.ts'
import type { FromHost, HostLink } from '../worker/messages.ts'
import { errorFrom } from './failures.ts'
import { isUp, type Slot } from './seat.ts'

type Answer = FromHost & { kind: 'saved' | 'space' }

interface Request {
  readonly slot: Slot
  settle(message: Answer): void
  refuse(error: Error): void
}

/** What hosts are asked, until they have answered. */
export class Requests {
  readonly #open = new Map<number, Request>()
  #lastId = 0

  /** Rejects with AP_MEDIA_THREAD_DIED when the host is dead or dies, and with what it says when it refuses. */
  ask<Value>(
    slot: Slot,
    message: (request: number) => Parameters<HostLink['post']>[0],
    read: (message: Answer) => Value,
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      if (!isUp(slot))
        return reject(new AnswerphoneError('AP_MEDIA_THREAD_DIED', { why: 'not up again yet' }))
      this.#open.set(id, { slot, settle: (answer) => resolve(read(answer)), refuse: reject })
      slot.link.post(message(id))
    })
  }

  answered(answer: Answer): void {
    this.#take(answer.request)?.settle(answer)
  }

  refused({ request, why }: FromHost & { kind: 'refused' }): void {
    this.#take(request)?.refuse(errorFrom(why))
  }

  /** Nothing more is answered from there. */
  lost(slot: Slot, error: Error): void {
    for (const [id, request] of this.#open) if (request.slot === slot) this.#take(id)?.refuse(error)
  }

  #take(id: number): Request | undefined {
    const request = this.#open.get(id)
    this.#open.delete(id)
    return request
  }
}
