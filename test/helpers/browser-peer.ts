import type { Browser, Page } from 'playwright-core'

/** A page with one RTCPeerConnection and a microphone, and no signalling: descriptions go through the test. */
export interface BrowserPeer {
  /** Its offer. `recvonly`: it wants to listen and has no microphone. */
  offer(direction?: 'sendrecv' | 'recvonly'): Promise<Buffer>
  takeAnswer(answer: Buffer): Promise<void>
  /** Its answer to an offer of ours. */
  answer(offer: Buffer): Promise<Buffer>
  /** Its statistics of this kind. */
  stats(type: string): Promise<Record<string, number>>
  /** What it has heard since `takeAnswer` or `answer`: 16-bit PCM at 8 kHz. */
  heard(): Promise<Int16Array>
  /** Ends the connection, as a page does that is done. */
  hangUp(): Promise<void>
  close(): Promise<void>
}

const SCRIPT = `
  window.pc = new RTCPeerConnection()
  window.heard = []
  pc.ontrack = ({ streams: [stream] }) => {
    // Chromium decodes a remote track only while an element plays it.
    window.player = new Audio()
    player.srcObject = stream
    player.muted = true
    player.play()
    const context = new AudioContext({ sampleRate: 8000 })
    const tap = context.createScriptProcessor(1024, 1, 1)
    tap.onaudioprocess = ({ inputBuffer }) => heard.push(...inputBuffer.getChannelData(0))
    context.createMediaStreamSource(stream).connect(tap).connect(context.destination)
  }
  window.talk = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    })
    pc.addTrack(stream.getTracks()[0], stream)
  }
`

/** @param origin a page that the browser can load; a microphone needs http://localhost or https */
export async function openBrowserPeer(browser: Browser, origin: string): Promise<BrowserPeer> {
  const context = await browser.newContext({ permissions: ['microphone'] })
  const page: Page = await context.newPage()
  await page.goto(origin)
  await page.evaluate(SCRIPT)
  const run = <Result>(body: string): Promise<Result> => page.evaluate(`(async () => { ${body} })()`)
  const text = (bytes: Buffer) => JSON.stringify(bytes.toString())

  return {
    async offer(direction = 'sendrecv') {
      const medium =
        direction === 'recvonly' ? `pc.addTransceiver('audio', { direction: 'recvonly' })` : 'await talk()'
      return Buffer.from(
        await run<string>(`${medium}; await pc.setLocalDescription(); return pc.localDescription.sdp`),
      )
    },
    takeAnswer: (answer) => run(`await pc.setRemoteDescription({ type: 'answer', sdp: ${text(answer)} })`),
    async answer(offer) {
      const steps = `await pc.setRemoteDescription({ type: 'offer', sdp: ${text(offer)} })
        await talk()
        await pc.setLocalDescription()
        return pc.localDescription.sdp`
      return Buffer.from(await run<string>(steps))
    },
    stats: (type) =>
      run(`for (const [, stats] of await pc.getStats()) if (stats.type === '${type}') return stats
        return {}`),
    async heard() {
      const samples = await run<number[]>('return heard')
      return Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767)
    },
    hangUp: () => run('pc.close()'),
    close: () => context.close(),
  }
}
