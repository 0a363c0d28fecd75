import type { Fetched, Wanted } from '../../src/lists/fetch-document.ts'
import { createListDesk, type DeskTools, type ListDesk } from '../../src/lists/list-desk.ts'
import { carryOut } from '../../src/lists/list-job.ts'

/** A desk that reads lists without a thread, from servers that answer as the test says. */
export interface ScriptedLists extends ListDesk {
  /** What the next requests come to; what it throws is what fetching comes to. */
  answer: (wanted: Wanted) => Partial<Fetched> | Promise<Partial<Fetched>>
  /** What was asked for. */
  readonly asked: Wanted[]
}

export function scriptedLists(tools: Pick<DeskTools, 'store' | 'clock' | 'random'>): ScriptedLists {
  const fetch = async (wanted: Wanted): Promise<Fetched> => {
    lists.asked.push(wanted)
    return { status: 200, headers: {}, text: '', ...(await lists.answer(wanted)) }
  }
  const lists: ScriptedLists = {
    ...createListDesk({
      ...tools,
      reach: () => ({ publicOnly: false, ownPorts: [] }),
      openThread: () => ({
        post: (job) => carryOut(job, { fetch, now: tools.clock.now() }),
        [Symbol.asyncDispose]: async () => {},
      }),
    }),
    answer: () => ({ text: '+49301234567\n+49401234567' }),
    asked: [],
  }
  return lists
}
