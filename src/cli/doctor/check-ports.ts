import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { HostPort } from '../../config/settings.ts'
import type { Config } from '../../config.ts'
import type { Running } from '../../running.ts'
import { bracketed } from '../../shared/bracketed.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

/** Whether SIP and HTTP can be served where the configuration says, or are served there by the running machine. */
export async function checkPorts(config: Config, running: Running | undefined): Promise<Finding[]> {
  if (running) {
    const sip = running.sip.map(({ transport, address, port }) => `${transport} ${address}:${port}`)
    return [
      ok(`the machine is running (process ${running.pid}): SIP on ${sip.join(', ')}`),
      ok(`the page and the API are served on ${[running.http, running.https].filter(Boolean).join(' and ')}`),
    ]
  }
  const findings: Finding[] = []
  for (const address of config.sip) {
    findings.push(await checkFree('SIP over UDP', address, bindUdp, '--sip'))
    findings.push(await checkFree('SIP over TCP', address, bindTcp, '--sip'))
  }
  findings.push(await checkFree('HTTP', config.http, bindTcp, '--http'))
  if (config.https) findings.push(await checkFree('HTTPS', config.https, bindTcp, '--https'))
  return findings
}

/** Whether the range for audio is large enough and nobody else's. */
export async function checkRtpPorts({ rtpPorts: { from, to }, sip }: Config): Promise<Finding> {
  const shown = `RTP ports ${from}-${to}`
  const calls = Math.floor((to - from + 1) / 2)
  if (sip.some(({ port }) => port >= from && port <= to))
    return fail(`${shown} hold the SIP port`, 'Choose another range with --rtp-ports FROM-TO.')
  const ephemeral = ephemeralPorts()
  if (ephemeral && from <= ephemeral.to && to >= ephemeral.from)
    return warn(
      `${shown} overlap the ports that the system gives to any program (${ephemeral.from}-${ephemeral.to})`,
      'Calls may find ports taken. Choose a range below with --rtp-ports FROM-TO.',
    )
  if (calls < 10)
    return warn(`${shown}: room for ${calls} calls`, 'Widen the range with --rtp-ports FROM-TO.')
  return ok(`${shown}: room for ${calls} calls at a time`)
}

type Bind = (address: HostPort) => Promise<void>

async function checkFree(what: string, address: HostPort, bind: Bind, flag: string): Promise<Finding> {
  const shown = `${what}: ${bracketed(address.host)}:${address.port}`
  try {
    await bind(address)
    return ok(`${shown} is free`)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      return fail(
        `${shown} is taken by another program`,
        `\`ss -lntup\` names it. Stop it, or choose another with ${flag} HOST:PORT.`,
      )
    if (code === 'EACCES')
      return fail(
        `${shown} is not allowed for this user`,
        `Ports below 1024 need a privilege. Choose a higher one with ${flag} HOST:PORT.`,
      )
    if (code === 'EADDRNOTAVAIL')
      return fail(
        `${shown}: this machine has no such address`,
        `\`ip addr\` lists those it has. Choose one with ${flag} HOST:PORT.`,
      )
    return fail(`${shown}: ${message}`, `Choose another with ${flag} HOST:PORT.`)
  }
}

async function bindUdp({ host, port }: HostPort): Promise<void> {
  const socket = createSocket(host.includes(':') ? { type: 'udp6', ipv6Only: true } : { type: 'udp4' })
  try {
    socket.bind(port, host)
    await once(socket, 'listening')
  } finally {
    socket.close()
  }
}

async function bindTcp({ host, port }: HostPort): Promise<void> {
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
