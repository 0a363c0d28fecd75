import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startChromium } from '../../helpers/browser.ts'
import { bodyOf } from '../../helpers/sip-text.ts'
import type { ListeningBrowser } from './listening-browser.ts'

/** Chromium with one page, which may listen to many calls. */
export interface ListeningChromium extends AsyncDisposable {
  listen(): Promise<ListeningBrowser>
}

/** A connection that only listens, and an element that plays it: without one Chromium decodes nothing. */
const OFFER = `(async () => {
  window.calls ??= []
  const pc = new RTCPeerConnection()
  const player = new Audio()
  player.muted = true
  pc.ontrack = ({ track }) => {
    player.srcObject = new MediaStream([track])
    player.play().catch(() => {})
  }
  pc.addTransceiver('audio', { direction: 'recvonly' })
  await pc.setLocalDescription()
  return { index: calls.push({ pc, player }) - 1, offer: pc.localDescription.sdp }
})()`

const HEARD = `for (const [, stats] of await pc.getStats())
  if (stats.type === 'inbound-rtp') return stats.packetsReceived
return 0`

export async function openListeningChromium(): Promise<ListeningChromium> {
  await using opened = new AsyncDisposableStack()
  const site = createServer((_request, response) => response.end('<!doctype html><title>a page</title>'))
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  opened.defer(() => void site.close())
  const browser = opened.adopt(await startChromium(), (open) => open.close())
  const page = await browser.newPage()
  await page.goto(`http://localhost:${(site.address() as AddressInfo).port}`)
  const running = opened.move()
  return {
    async listen() {
      const { index, offer } = await page.evaluate<{ index: number; offer: string }>(OFFER)
      const run = <Result>(body: string) =>
        page.evaluate<Result>(`(async ({ pc, player }) => { ${body} })(calls[${index}])`)
      return {
        offer,
        connect(answer) {
          const sdp = JSON.stringify(bodyOf(answer))
          void run(`await pc.setRemoteDescription({ type: 'answer', sdp: ${sdp} })`)
        },
        heard: () => run<number>(HEARD),
        [Symbol.asyncDispose]: () => run(`pc.close(); player.srcObject = null; delete calls[${index}]`),
      }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
