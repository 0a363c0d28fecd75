import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { connect, type PeerCertificate } from 'node:tls'
import { bracketed } from '../shared/bracketed.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { checkSipIdentity, systemAuthorities } from '../sip/transport/tls.ts'
import type { Destination } from '../sip/transport/transport.ts'
import type { Line } from '../store/model.ts'
import type { Locate } from './check-names.ts'
import { type Finding, fail, ok, warn } from './finding.ts'
import { inGerman } from './german.ts'

const DAY_MS = 86_400_000
/** Whoever renews by himself has done it long before. */
const WARN_MS = 7 * DAY_MS
const PATIENCE_MS = 5000

/** What a server shows when one connects to it by TLS. */
export interface Shown {
  /** The end of its certificate's life, ms since the epoch. */
  readonly until: number
  /** Why it is not to be trusted; null: it is. */
  readonly distrust: string | null
}
export type Look = (to: Destination) => Promise<Shown>

/** Whether our own certificate is good. @param cert PEM */
export function checkOwnCertificate(cert: string, now: number): Finding {
  const { validTo, subjectAltName = '' } = new X509Certificate(cert)
  const names = subjectAltName.replaceAll(/DNS:|IP Address:/g, '') || 'this machine'
  return judge(names, Date.parse(validTo), now)
}

/** Whether those of registrars are, where lines register by TLS: they are connected to there anyway. */
export async function checkRegistrarCertificates(
  lines: readonly Line[],
  { locate, now, look = lookByTls }: { readonly locate: Locate; readonly now: number; readonly look?: Look },
): Promise<Finding[]> {
  const uris = lines.flatMap(({ account }) => (account ? [account.outboundProxy ?? account.registrar] : []))
  const findings = await Promise.all(
    [...new Set(uris)].map(async (uri) => {
      const places = await locate(uri).catch(() => [])
      const place = places.find(({ transport }) => transport === 'tls')
      return place && places[0]?.transport === 'tls' ? examine(place, now, look) : undefined
    }),
  )
  return findings.filter((finding) => finding !== undefined)
}

async function examine(place: Destination, now: number, look: Look): Promise<Finding> {
  const server = `${place.host ?? place.address} (${bracketed(place.address)}:${place.port})`
  try {
    const { until, distrust } = await look(place)
    return distrust === null
      ? judge(server, until, now)
      : refused('AP_REGISTRAR_UNSAFE', server, `${server}: ${distrust}`)
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    return refused('AP_REGISTRAR_UNREACHABLE', server, `${server}: ${why}`)
  }
}

const refused = (code: 'AP_REGISTRAR_UNSAFE' | 'AP_REGISTRAR_UNREACHABLE', server: string, detail: string) =>
  fail('certificates', {
    code,
    details: { detail },
    what: { en: `no safe connection to ${detail}`, de: `keine sichere Verbindung zu ${detail}` },
    de: inGerman(code, new AnswerphoneError(code, { detail: server }).message),
  })

function judge(whose: string, until: number, now: number): Finding {
  const day = new Date(until).toISOString().slice(0, 10)
  const what =
    until <= now
      ? {
          en: `the certificate of ${whose} ended on ${day}`,
          de: `das Zertifikat von ${whose} endete am ${day}`,
        }
      : {
          en: `the certificate of ${whose} is good until ${day}`,
          de: `das Zertifikat von ${whose} gilt bis ${day}`,
        }
  if (until > now + WARN_MS) return ok('certificates', what.en, what.de)
  return (until <= now ? fail : warn)('certificates', {
    code: 'AP_CERTIFICATE_ENDS',
    details: { whose, until: day },
    what,
    de: 'Eigene Dateien müssen Sie selbst erneuern. Eines per ACME erneuert sich, wenn Port 80 oder 443 von außen zu erreichen ist; was im Weg ist, steht im Protokoll der Maschine.',
  })
}

/** Connects, and looks at what is shown; nothing is sent. */
export function lookByTls({ address, port, host }: Destination): Promise<Shown> {
  return new Promise((resolve, reject) => {
    const name = host !== undefined && isIP(host) === 0 ? { servername: host } : {}
    const checkServerIdentity = (_: string, certificate: PeerCertificate) =>
      checkSipIdentity(host ?? address, certificate)
    const socket = connect({
      host: address,
      port,
      ...name,
      ca: [...systemAuthorities()],
      checkServerIdentity,
      rejectUnauthorized: false,
      timeout: PATIENCE_MS,
    })
    socket.once('timeout', () => socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })))
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      const { valid_to } = socket.getPeerCertificate()
      resolve({
        until: Date.parse(valid_to),
        distrust: socket.authorized ? null : String(socket.authorizationError),
      })
      socket.destroy()
    })
  })
}
