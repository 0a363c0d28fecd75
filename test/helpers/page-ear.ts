import type { Page } from 'playwright-core'

/** What a page hears and does by WebRTC, seen from outside: the page knows nothing of it. */
export interface PageEar {
  /** What was heard since `listen` of the connection that stands, as 16-bit PCM at 8 kHz. */
  heard(): Promise<Int16Array>
  /** Begins anew. */
  listen(): Promise<void>
  /** Statistics of this kind, of the connection that stands. */
  stats(type: string): Promise<Record<string, number>>
  /** How many connections there are that are not closed. */
  connections(): Promise<number>
  /** Whether a microphone was asked for. */
  askedForMicrophone(): Promise<boolean>
}

const SCRIPT = `
  const Original = window.RTCPeerConnection
  window.connections = []
  window.heard = []
  window.RTCPeerConnection = class extends Original {
    constructor(...settings) {
      super(...settings)
      window.connections.push(this)
      this.addEventListener('track', ({ track }) => {
        const context = new AudioContext({ sampleRate: 8000 })
        const tap = context.createScriptProcessor(1024, 1, 1)
        tap.onaudioprocess = ({ inputBuffer }) => window.heard.push(...inputBuffer.getChannelData(0))
        context.createMediaStreamSource(new MediaStream([track])).connect(tap).connect(context.destination)
      })
    }
  }
  const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices)
  window.microphones = 0
  if (ask) navigator.mediaDevices.getUserMedia = (wanted) => {
    window.microphones += 1
    return ask(wanted)
  }
`
const OPEN = `window.connections.filter(({ signalingState }) => signalingState !== 'closed')`

/** Takes effect when the page is loaded (again): do so afterwards. */
export async function openPageEar(page: Page): Promise<PageEar> {
  await page.addInitScript(SCRIPT)
  await page.reload()
  return {
    async heard() {
      const text = await page.evaluate<string>(
        'window.heard.map((sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32767)).join()',
      )
      return Int16Array.from(text === '' ? [] : text.split(','), Number)
    },
    async listen() {
      await page.evaluate('void (window.heard = [])')
    },
    stats: (type) =>
      page.evaluate(`(async () => {
        for (const [, stats] of await (${OPEN}).at(-1).getStats()) if (stats.type === '${type}') return stats
        return {}
      })()`),
    connections: () => page.evaluate<number>(`${OPEN}.length`),
    askedForMicrophone: () => page.evaluate<boolean>('window.microphones > 0'),
  }
}
