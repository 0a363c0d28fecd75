import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { bracketed } from '../shared/bracketed.ts'
import type { ErrorCode } from '../shared/errors.ts'
import { type Finding, fail, ok, type Spoken, warn } from './finding.ts'
import type { Place, Running, Setup } from './setup.ts'

/** Whether SIP and HTTP can be served where the configuration says, or are served there by the running machine. */
export async function checkPorts(setup: Setup, running: Running | undefined): Promise<Finding[]> {
  if (running) {
    const sip = running.sip
      .map(({ transport, address, port }) => `${transport} ${bracketed(address)}:${port}`)
      .join(', ')
    const http = [running.http, running.https].filter(Boolean)
    return [
      ok(
        'ports',
        `the machine is running (process ${running.pid}): SIP on ${sip}`,
        `die Maschine läuft (Prozess ${running.pid}): SIP auf ${sip}`,
      ),
      ok(
        'ports',
        `the page and the API are served on ${http.join(' and ')}`,
        `die Seite und die API gibt es auf ${http.join(' und ')}`,
      ),
    ]
  }
  const findings: Finding[] = []
  for (const place of setup.sip) {
    findings.push(await checkFree('SIP over UDP', place, bindUdp, '--sip'))
    findings.push(await checkFree('SIP over TCP', place, bindTcp, '--sip'))
  }
  findings.push(await checkFree('HTTP', setup.http, bindTcp, '--http'))
  if (setup.https) findings.push(await checkFree('HTTPS', setup.https, bindTcp, '--https'))
  return findings
}

/** Whether the range for audio is large enough and nobody else's. */
export async function checkRtpPorts({ rtpPorts: { from, to }, sip }: Setup): Promise<Finding> {
  const calls = Math.floor((to - from + 1) / 2)
  const range = `${from}-${to}`
  const wrong = (why: Spoken) => ({
    code: 'AP_RTP_PORTS_WRONG' as const,
    details: { range, why: why.en },
    what: { en: `RTP ports ${range} ${why.en}`, de: `RTP-Ports ${range} ${why.de}` },
    de: 'Wählen Sie mit --rtp-ports VON-BIS einen anderen Bereich, und öffnen Sie ihn in der Firewall.',
  })
  if (sip.some(({ port }) => port >= from && port <= to))
    return fail('ports', wrong({ en: 'hold the SIP port', de: 'enthalten den SIP-Port' }))
  const ephemeral = ephemeralPorts()
  if (ephemeral && from <= ephemeral.to && to >= ephemeral.from) {
    const given = `${ephemeral.from}-${ephemeral.to}`
    return warn(
      'ports',
      wrong({
        en: `overlap the ports that the system gives to any program (${given})`,
        de: `überschneiden sich mit denen, die das System jedem Programm gibt (${given})`,
      }),
    )
  }
  if (calls < 10)
    return warn('ports', wrong({ en: `have room for ${calls} calls`, de: `haben Platz für ${calls} Anrufe` }))
  return ok(
    'ports',
    `RTP ports ${range}: room for ${calls} calls at a time`,
    `RTP-Ports ${range}: Platz für ${calls} Anrufe gleichzeitig`,
  )
}

type Bind = (place: Place) => Promise<void>
type Trouble = readonly [code: ErrorCode, what: Spoken, de: string]

async function checkFree(what: string, place: Place, bind: Bind, flag: string): Promise<Finding> {
  const shown = `${what}: ${bracketed(place.host)}:${place.port}`
  try {
    await bind(place)
    return ok('ports', `${shown} is free`, `${shown} ist frei`)
  } catch (error) {
    const { code: why = '', message } = error as NodeJS.ErrnoException
    const choose = `Wählen Sie mit ${flag} HOST:PORT etwas anderes.`
    const troubles: Readonly<Record<string, Trouble>> = {
      EADDRINUSE: [
        'AP_SIP_PORT_IN_USE',
        { en: 'is taken by another program', de: 'hat schon ein anderes Programm' },
        `\`ss -lntup\` nennt es. Halten Sie es an, oder: ${choose}`,
      ],
      EACCES: [
        'AP_SIP_PORT_NOT_ALLOWED',
        { en: 'is not allowed for this user', de: 'ist diesem Benutzer nicht erlaubt' },
        `Ports unter 1024 brauchen ein Vorrecht. ${choose}`,
      ],
      EADDRNOTAVAIL: [
        'AP_SIP_ADDRESS_NOT_OURS',
        { en: 'this machine has no such address', de: 'diese Adresse hat diese Maschine nicht' },
        `\`ip addr\` nennt die, die sie hat. ${choose}`,
      ],
    }
    const [code, told, de] = troubles[why] ?? ['AP_SIP_LISTEN_FAILED', { en: message, de: message }, choose]
    const details = { protocol: what, address: place.host, port: place.port, why: message }
    return fail('ports', {
      // The catalogue words the same for HTTP otherwise: which flag to give.
      ...(what.startsWith('SIP')
        ? { code, details }
        : { code: 'AP_HTTP_LISTEN_FAILED', details: { ...details, why: told.en, flag } }),
      what: { en: `${shown} ${told.en}`, de: `${shown} ${told.de}` },
      de,
    })
  }
}

async function bindUdp({ host, port }: Place): Promise<void> {
  const socket = createSocket(host.includes(':') ? { type: 'udp6', ipv6Only: true } : { type: 'udp4' })
  try {
    socket.bind(port, host)
    await once(socket, 'listening')
  } finally {
    socket.close()
  }
}

async function bindTcp({ host, port }: Place): Promise<void> {
  const server = createServer()
  server.listen({ host, port, ipv6Only: host.includes(':') })
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}

/** The range from which Linux takes ports for programs that do not mind which. */
function ephemeralPorts(): { readonly from: number; readonly to: number } | undefined {
  try {
    const [from, to] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
      .trim()
      .split(/\s+/)
      .map(Number)
    return from !== undefined && to !== undefined ? { from, to } : undefined
  } catch {
    return undefined
  }
}
