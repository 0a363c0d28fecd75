import { openThread, type Thread } from '../open-thread.ts'
import type { Outcome } from '../outbox/carrier.ts'
import type { PostOrder } from './post.ts'

/** Posts to webhooks and topics: greetings of TLS and all that are no business of the thread that takes calls. */
export type PostThread = Thread<PostOrder, Outcome>

export function openPostThread(): PostThread {
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
  return openThread({
    name: 'post',
    entry: new URL(`./post-thread${ending}`, import.meta.url),
    data: undefined,
    later: (why) => ({ kind: 'later', why }),
  })
}
