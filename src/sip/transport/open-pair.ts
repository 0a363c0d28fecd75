import { AnswerphoneError } from '../../shared/errors.ts'
import type { Transport } from './transport.ts'

/** How many ports are tried where the system may choose. */
const PORTS_TRIED = 10

/**
 * Opens UDP and TCP on the same port. Where the system chooses one for UDP (0), that of TCP may be taken: then another is
 * tried. Rejects with AP_SIP_*; nothing stays open then.
 */
export async function openPair(
  port: number,
  openUdp: (port: number) => Promise<Transport>,
  openTcp: (port: number) => Promise<Transport>,
): Promise<readonly [udp: Transport, tcp: Transport]> {
  for (let tried = 1; ; tried++) {
    const udp = await openUdp(port)
    try {
      return [udp, await openTcp(udp.local.port)]
    } catch (error) {
      await udp.close()
      const isTaken = error instanceof AnswerphoneError && error.code === 'AP_SIP_PORT_IN_USE'
      if (port !== 0 || !isTaken || tried >= PORTS_TRIED) throw error
    }
  }
}
