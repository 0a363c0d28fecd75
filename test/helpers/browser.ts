import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Debian's Chromium; another one through CHROMIUM_PATH. */
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** Whether this machine has a Chromium; a test that needs one says by name that it was skipped. */
export const hasChromium = existsSync(CHROMIUM)

export interface ChromiumOptions {
  /** 48 kHz WAV that the browser hears as its microphone. */
  readonly microphone?: string
}

/** Starts Chromium without a window, with a fake microphone, and with sound that may start by itself. */
export function startChromium({ microphone }: ChromiumOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${microphone}`]),
      '--autoplay-policy=no-user-gesture-required',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      // Without it there are no ICE candidates on loopback.
      '--allow-loopback-in-peer-connection',
    ],
  })
}
