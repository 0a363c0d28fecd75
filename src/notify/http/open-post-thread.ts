import { entryBeside } from '../../shared/entry-beside.ts'
import { openThread, type Thread } from '../open-thread.ts'
import type { Outcome } from '../outbox/carrier.ts'
import type { PostOrder } from './post.ts'

/** Posts to webhooks and topics: greetings of TLS and all that are no business of the thread that takes calls. */
export type PostThread = Thread<PostOrder, Outcome>

export function openPostThread(): PostThread {
  return openThread({
    name: 'post',
    entry: entryBeside(import.meta.url, 'post-thread'),
    data: undefined,
    later: (why) => ({ kind: 'later', why }),
  })
}
