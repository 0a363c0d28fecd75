import { BROWSER, HOUSE, type InMemoryHouse } from './in-memory-house.ts'
import type { memoryWebSocketWire } from './memory-web-socket.ts'
import type { PhoneCall } from './phone-call.ts'
import { ScriptedBrowser, srtpKeys } from './scripted-browser.ts'
import { type ScriptedPhone, type ScriptedPhoneOptions, scriptedPhone } from './scripted-phone.ts'
import { seededRandom } from './seeded-random.ts'
import { statusOf } from './sip-wire.ts'

/** A page of the house's owner Ada, with its phone on a WebSocket in memory. */
export interface HousePage {
  readonly phone: ScriptedPhone
  readonly wire: ReturnType<typeof memoryWebSocketWire>
  readonly login: { readonly login: string; readonly password: string; readonly phone: string }
  /** @returns the status of the answer */
  register(): Promise<number>
}

/** Opens a page. The memory store's sessions are named like their users, and never end. */
export async function openHousePage(
  house: InMemoryHouse,
  options: Partial<ScriptedPhoneOptions> & { readonly account?: string } = {},
): Promise<HousePage> {
  const login = await house.machine.lendPhone({ user: { id: 'ada', name: 'ada' }, hash: 'ada' })
  if (!login) throw new Error('nothing was lent')
  const wire = house.browser(options.account ?? 'user:ada')
  const phone = scriptedPhone({
    wire,
    clock: house.clock,
    random: seededRandom(5),
    user: login.phone,
    login: login.login,
    password: login.password,
    domain: HOUSE,
    believes: 'df7jal23ls0d.invalid',
    ...options,
  })
  return {
    phone,
    wire,
    login,
    async register() {
      const final = phone.register()
      await house.pass(20)
      return statusOf(await final)
    },
  }
}

/** The sound of a page's call, once its way is found and its handshake is done. */
export async function connectSound(
  house: InMemoryHouse,
  call: PhoneCall | undefined,
  description: string,
): Promise<{ readonly browser: ScriptedBrowser; readonly session: number; check(): void }> {
  const value = (name: string) => new RegExp(`a=${name}:(\\S+)`).exec(description)?.[1] ?? ''
  const { host = '', port = 0 } = call?.media ?? {}
  const browser = new ScriptedBrowser(house.rtp, { address: BROWSER, port: 5000 }, { address: host, port })
  const check = () => browser.check({ username: `${value('ice-ufrag')}:iuh0`, password: value('ice-pwd') })
  check()
  await house.pass(40)
  const session = Number(/^begin (\d+) 90:9B$/.exec(house.handshakes.log.at(-1) ?? '')?.[1])
  house.handshakes.events.keys(session, srtpKeys)
  browser.opened()
  return { browser, session, check }
}
