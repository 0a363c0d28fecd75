import { createHmac } from 'node:crypto'
import { LiteAgent } from '../../../src/media/browser/lite-agent.ts'
import { answerBinding } from '../../../src/sip/transport/stun.ts'
import { browserSecurity, makeCheck } from '../../helpers/scripted-browser.ts'
import { holds, type Target } from '../target.ts'

const FROM = { address: '2001:db8::7', port: 50_000 }
const HEADER_BYTES = 20
const MAC_BYTES = 24
/** IPv4 and UDP, which each packet bears. */
const CARRIER_BYTES = 28

/** STUN at the SIP port and at a media port, signed or not (RFC 8489): what is answered is hardly longer than what came. */
export const stun: Target = {
  name: 'stun',
  shape: 'bytes',
  seeds: [
    Buffer.from(`000100002112a442${'00'.repeat(12)}`, 'hex'),
    makeCheck(),
    makeCheck({ nominate: false, fingerprint: false }),
    makeCheck({ more: [[0x8029, Buffer.alloc(8)]] }),
    makeCheck({ more: [[0x7fff, Buffer.alloc(3)]], fingerprint: false }),
  ],
  async open() {
    const { local, remote } = browserSecurity.ice
    const agent = new LiteAgent(local, remote, 0)
    return {
      take(input) {
        const answers = [
          answerBinding(input, FROM),
          agent.receive(input, input.length, { address: '192.0.2.1', port: 4000 }, 0),
        ]
        for (const answer of answers)
          holds((answer?.length ?? 0) + CARRIER_BYTES <= 2 * (input.length + CARRIER_BYTES), 'amplifies')
        const signed = sign(input)
        agent.receive(signed, signed.length, FROM, 0)
      },
    }
  },
}

/** Signs anew what was damaged, or no damage would be looked at. */
function sign(check: Buffer): Buffer {
  const body = check.subarray(HEADER_BYTES, Math.max(HEADER_BYTES, check.length - MAC_BYTES))
  const head = Buffer.alloc(HEADER_BYTES)
  check.copy(head)
  head.writeUInt16BE((body.length + MAC_BYTES) & 0xffff, 2)
  const mac = createHmac('sha1', browserSecurity.ice.local.password).update(head).update(body).digest()
  return Buffer.concat([head, body, Buffer.from([0, 8, 0, 20]), mac])
}
