import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { DtlsClient } from 'werift'
import { type Certificate, fingerprintOf } from '../../../src/media/dtls/association.ts'
import { Unprotector } from '../../../src/media/srtp/unprotector.ts'
import { describeBrowser, makeCheck } from '../../helpers/scripted-browser.ts'
import { bodyOf, mediaIn } from '../../helpers/sip-text.ts'

/** A browser in one call, to which it listens by WebRTC. */
export interface ListeningBrowser extends AsyncDisposable {
  /** The session description of its offer. */
  readonly offer: string
  /** Takes the 200 with the answer; the way to the sound is its own. */
  connect(answer: string): void
  /** How many RTP packets have come that it could decrypt. */
  heard(): Promise<number>
}

/** RFC 5764 §4.1.2: SRTP_AES128_CM_HMAC_SHA1_80 */
const PROFILE = 1
const [KEY_BYTES, SALT_BYTES] = [16, 14]
/** As often as Chromium. */
const CHECK_EVERY_MS = 2500

/** A scripted one: ICE as the side that chooses, DTLS as its client, and an ear. Ten of them need no more than a breath of a core. */
export async function openScriptedBrowser(certificate: Certificate): Promise<ListeningBrowser> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  let checking: NodeJS.Timeout | undefined
  let heard = 0

  function connect(answer: string): void {
    const { host = '', port = 0 } = mediaIn(answer) ?? {}
    const value = (name: string) => new RegExp(`a=ice-${name}:(\\S+)`).exec(bodyOf(answer))?.[1] ?? ''
    const credentials = { username: `${value('ufrag')}:iuh0`, password: value('pwd') }
    const check = () => socket.send(makeCheck(credentials), port, host)
    const wire = {
      type: 'udp',
      address: { address: '', family: '', port: 0 },
      closed: false,
      onData: (_data: Buffer, _from: readonly [string, number]) => {},
      send: async (datagram: Buffer) => socket.send(datagram, port, host),
      async close() {},
    }
    const dtls = new DtlsClient({
      cert: certificate.certPem,
      key: certificate.keyPem,
      signatureHash: certificate.signatureHash,
      transport: wire,
      srtpProfiles: [PROFILE],
      extendedMasterSecret: true,
    })
    let begun = false
    let unprotector: Unprotector | undefined
    dtls.onConnect.subscribe(() => {
      const { remoteKey: key, remoteSalt: salt } = dtls.extractSessionKeys(KEY_BYTES, SALT_BYTES)
      unprotector = new Unprotector({ suite: 'AES_CM_128_HMAC_SHA1_80', key, salt })
    })
    socket.on('message', (bytes) => {
      // RFC 7983 §7; RFC 5761 §4.
      const [first = 0, second = 0] = bytes
      if (first >= 20 && first <= 63) wire.onData(bytes, ['', 0])
      if (first >= 128 && !(second >= 192 && second <= 223))
        heard += (unprotector?.rtp(bytes, bytes.length) ?? 0) > 0 ? 1 : 0
      if (first <= 3 && !begun) {
        begun = true
        dtls.connect().catch(() => {})
      }
    })
    check()
    checking = setInterval(check, CHECK_EVERY_MS)
  }

  return {
    offer: describeBrowser('-', 1, 'recvonly', fingerprintOf(certificate.certPem)),
    connect,
    heard: async () => heard,
    async [Symbol.asyncDispose]() {
      clearInterval(checking)
      socket.close()
      await once(socket, 'close')
    },
  }
}
