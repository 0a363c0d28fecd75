import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'
import type { NetworkNamespace } from './network-namespace.ts'

/** Debian's Chromium; another one through CHROMIUM_PATH. */
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** Whether this machine has a Chromium; a test that needs one says by name that it was skipped. */
export const hasChromium = existsSync(CHROMIUM)

export interface ChromiumOptions {
  /** 48 kHz WAV that the browser hears as its microphone. */
  readonly microphone?: string
  /** Runs inside this network namespace, where the machine is, or on another host. */
  readonly namespace?: Pick<NetworkNamespace, 'name'>
}

/** Starts Chromium without a window, with a fake microphone, and with sound that may start by itself. */
export function startChromium(options?: ChromiumOptions): Promise<Browser> {
  return chromium.launch(launchOptions(options))
}

/** The same, with a `kill` that leaves it no time to say goodbye to anybody. */
export async function startMortalChromium(): Promise<{ readonly browser: Browser; kill(): Promise<void> }> {
  const server = await chromium.launchServer(launchOptions())
  return { browser: await chromium.connect(server.wsEndpoint()), kill: () => server.kill() }
}

function launchOptions({ microphone, namespace }: ChromiumOptions = {}): LaunchOptions {
  return {
    executablePath: namespace ? chromiumInside(namespace) : CHROMIUM,
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
      // For an address bar that nobody sees, a second renderer would be started with each context: half of a page's work.
      '--disable-features=WebRtcHideLocalIpsWithMdns,SpareRendererForSitePerProcess,WebUIOmniboxPopup,WebUIOmniboxAimPopup',
      // Without it there are no ICE candidates on loopback.
      '--allow-loopback-in-peer-connection',
    ],
  }
}

/** A program that starts it there. */
function chromiumInside({ name }: Pick<NetworkNamespace, 'name'>): string {
  const program = join(mkdtempSync(join(tmpdir(), 'chromium-')), 'chromium')
  writeFileSync(program, `#!/bin/sh\nexec ip netns exec ${name} ${CHROMIUM} "$@"\n`, { mode: 0o755 })
  return program
}
