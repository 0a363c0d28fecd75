import { openHousePage } from '../helpers/house-page.ts'
import { BROWSER, HOUSE } from '../helpers/in-memory-house.ts'
import type { PhoneCall } from '../helpers/phone-call.ts'
import { ScriptedBrowser, srtpKeys } from '../helpers/scripted-browser.ts'
import type { ScriptedPhone } from '../helpers/scripted-phone.ts'
import { seededRandom } from '../helpers/seeded-random.ts'
import { statusOf } from '../helpers/sip-wire.ts'
import type { Stage } from './stage.ts'

/** A browser's way to its sound, to be gone in steps while the clock of a stage stands still. */
export interface SoundSteps {
  /** Its connectivity check, which chooses the way. */
  check(): void
  /** Its handshake is done. Before it is, nothing is heard. */
  secure(): void
  readonly browser: ScriptedBrowser
}

/** @param description of the machine's side: the answer that the browser got @param port of the browser */
export function soundOf(stage: Stage, call: PhoneCall, description: string, port: number): SoundSteps {
  const { rtp, handshakes } = stage.house
  const value = (name: string) => new RegExp(`a=${name}:(\\S+)`).exec(description)?.[1] ?? ''
  const { host = '', port: ours = 0 } = call.media ?? {}
  const browser = new ScriptedBrowser(rtp, { address: BROWSER, port }, { address: host, port: ours })
  const begun = handshakes.log.findLast((line) => line.startsWith('begin ')) ?? ''
  return {
    browser,
    check: () => browser.check({ username: `${value('ice-ufrag')}:iuh0`, password: value('ice-pwd') }),
    secure: () => handshakes.events.keys(Number(begun.split(' ')[1]), srtpKeys),
  }
}

/** The answer to a call that was made, as text. */
export const answerTo = (call: PhoneCall): string =>
  call.heard.findLast((text) => statusOf(text) === 200) ?? ''

/** A page of the house that listens by WebRTC. */
export interface ListeningPage {
  /** RTP packets that it has heard and could decrypt. */
  heard(): number
}

/** Has a page listen from so long after the INVITE on, perhaps until so long after; it checks its way as browsers do. */
export async function pageListens(
  stage: Stage,
  { port, fromMs, toMs }: { readonly port: number; readonly fromMs: number; readonly toMs?: number },
): Promise<ListeningPage & { plan(): void }> {
  const { phone } = await openHousePage(stage.house, { browser: true, random: seededRandom(port) })
  let sound: SoundSteps | undefined
  return {
    heard: () => sound?.browser.opened().rtp.length ?? 0,
    plan() {
      let call: PhoneCall | undefined
      stage.at(fromMs, () => {
        call = listen(phone)
      })
      stage.at(fromMs + 60, () => {
        if (call) sound = soundOf(stage, call, answerTo(call), port)
        sound?.check()
      })
      stage.at(fromMs + 90, () => sound?.secure())
      for (let ms = fromMs + 2500; ms < (toMs ?? 20_000); ms += 2500) stage.at(ms, () => sound?.check())
      if (toMs !== undefined) stage.at(toMs, () => call?.hangUp())
    },
  }
}

const listen = (phone: ScriptedPhone) => phone.call(`sip:*1@${HOUSE}`, { direction: 'recvonly' })
