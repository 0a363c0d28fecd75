import type { Target } from './target.ts'
import { house } from './targets/house.ts'
import { identity } from './targets/identity.ts'
import { lists } from './targets/lists.ts'
import { media } from './targets/media.ts'
import { sdp } from './targets/sdp.ts'
import { sipMessage } from './targets/sip-message.ts'
import { sipStream } from './targets/sip-stream.ts'
import { stun } from './targets/stun.ts'
import { webSocket } from './targets/web-socket.ts'

/** Everything that takes bytes from the network, each a file. */
export const targets: readonly Target[] = [
  sipMessage,
  sipStream,
  sdp,
  stun,
  media,
  webSocket,
  identity,
  lists,
  house,
]
