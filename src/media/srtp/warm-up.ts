import { SdesLink } from './sdes-link.ts'
import { type SuiteName, suites } from './suite.ts'

const PACKET_BYTES = 172

/**
 * Secures and reads a packet by each suite, once: what OpenSSL and V8 do at the first time takes some milliseconds, for which
 * no caller's packet is to wait when somebody with an encrypted phone picks up.
 */
export function warmUp(): void {
  for (const suite of Object.keys(suites) as SuiteName[]) {
    const { keyBytes, saltBytes } = suites[suite]
    const master = { suite, key: new Uint8Array(keyBytes), salt: new Uint8Array(saltBytes) }
    const link = new SdesLink({ kind: 'sdes', send: master, receive: master })
    const packet = Buffer.alloc(PACKET_BYTES)
    packet[0] = 0x80
    const sealed = link.sealRtp(packet, PACKET_BYTES)
    link.openRtp(sealed, sealed.length)
  }
}
