import { SdesLink } from '../../../src/media/srtp/sdes-link.ts'
import type { MasterKey } from '../../../src/media/srtp/suite.ts'
import type { InMemoryHouse } from '../../helpers/in-memory-house.ts'
import type { CallerPlace } from './caller-trace.ts'

type Heard = Pick<InMemoryHouse, 'network' | 'rtp'>

const OUR_KEY = /(?<=^a=crypto:\d+ AES_CM_128_HMAC_SHA1_80 inline:)[A-Za-z0-9+/]{40}(?=\r$)/gm

/** As long as a key: the message's length is checked afterwards. */
const NAMED = 'K'.repeat(40)

/** The same house as a caller hears it who has the machine's key: packets decrypted, the key named. All else is as it was. */
export function openSound({ network, rtp }: Heard, { address, rtpPort }: CallerPlace): Heard {
  const keys = network.trace.flatMap(({ to, text }) =>
    to.address === address ? (text.match(OUR_KEY) ?? []) : [],
  )
  const [key = ''] = keys
  const link = new SdesLink({ kind: 'sdes', send: masterOf(key), receive: masterOf(key) })
  const opened = (port: number, bytes: Buffer) => {
    const copy = Buffer.from(bytes)
    const length = port === rtpPort ? link.openRtp(copy, copy.length) : link.openRtcp(copy, copy.length)
    if (length < 0) throw new Error('the caller can not read this packet')
    return copy.subarray(0, length)
  }
  return {
    network: {
      ...network,
      trace: network.trace.map((sent) => ({ ...sent, text: sent.text.replace(OUR_KEY, NAMED) })),
    },
    rtp: {
      ...rtp,
      carried: rtp.carried.map((sent) => {
        const isOurs = sent.to.address === address && [rtpPort, rtpPort + 1].includes(sent.to.port)
        return isOurs ? { ...sent, bytes: opened(sent.to.port, sent.bytes) } : sent
      }),
    },
  }
}

function masterOf(key: string): MasterKey {
  const bytes = Buffer.from(key, 'base64')
  return { suite: 'AES_CM_128_HMAC_SHA1_80', key: bytes.subarray(0, 16), salt: bytes.subarray(16) }
}
