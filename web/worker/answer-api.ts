import type { Keepable } from './keepable.ts'
import type { Kept } from './kept.ts'
import { partOf } from './part-of.ts'

/** The machine's answer, or what is kept of it. */
export interface ApiAnswers {
  /** To a GET of something that is kept. `later` is what goes on after the answer. */
  answer(request: Request, item: Keepable, later: (act: Promise<unknown>) => void): Promise<Response>
}

export interface ApiAnswersOptions {
  readonly kept: Kept
  readonly fetch: typeof fetch
  readonly wait: (ms: number) => Promise<void>
}

/** A machine that is this slow is out of reach, for who has seen the same list before. */
const PATIENCE_MS = 4000

export function createApiAnswers({ kept, fetch, wait }: ApiAnswersOptions): ApiAnswers {
  /** What the machine answers; undefined when it, or a proxy before it, says that it can't be reached. */
  async function ask(request: Request): Promise<Response | undefined> {
    const answer = await fetch(request).catch(() => undefined)
    return answer !== undefined && ![502, 503, 504].includes(answer.status) ? answer : undefined
  }

  async function list(request: Request, item: Keepable, later: (act: Promise<unknown>) => void) {
    const { turn } = kept
    const asked = ask(request).then((answer) => {
      if (answer?.status === 401) later(kept.forget())
      if (answer?.ok) later(kept.keep(turn, item, answer.clone()))
      return answer
    })
    const inTime = await Promise.race([asked, wait(PATIENCE_MS)])
    return inTime ?? (await kept.find(item)) ?? (await asked) ?? Response.error()
  }

  async function sound(request: Request, item: Keepable, later: (act: Promise<unknown>) => void) {
    const { turn } = kept
    const answer = await ask(request)
    if (answer?.status === 401) later(kept.forget())
    // What the player plays is being heard; the outline of one that is only looked at is read elsewhere.
    if (answer?.ok && request.destination === 'audio') later(keepWhole(turn, item))
    if (answer) return answer
    const whole = await kept.find(item)
    return whole ? partOf(whole, request.headers.get('range')) : Response.error()
  }

  /** A player asks for parts, of which Cache Storage takes none. */
  async function keepWhole(turn: number, item: Keepable): Promise<void> {
    if (await kept.find(item)) return
    const answer = await fetch(item.key).catch(() => undefined)
    if (answer?.status === 200) await kept.keep(turn, item, answer)
  }

  return { answer: (request, item, later) => (item.kind === 'sound' ? sound : list)(request, item, later) }
}
