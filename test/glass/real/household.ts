import type { RunningMachine } from '../../helpers/running-machine.ts'
import { lineName, PASSWORD, phoneName } from './glass-machine.ts'
import {
  type BrowserKind,
  type Habit,
  type OwnersPhones,
  openOwnersPhones,
  type PhoneSetting,
} from './owners-phones.ts'

/** The phones that ring for a line, all of one kind and habit. */
export interface LinePhones extends Pick<PhoneSetting, 'habit'> {
  readonly phones: number
  readonly browser?: BrowserKind
}

/** All the owner's phones, plugged in. */
export interface Household extends AsyncDisposable {
  /** What each has been through. */
  report(): Promise<readonly (Habit & LinePhones)[]>
  /** Whether somebody listens to, or hears who calls, the line of this name in this moment. */
  listensTo(line: string): boolean
}

/** Browsers are on other computers in life: they take this one's processors when neither the machine nor the callers want them. */
const BROWSER_NICENESS = 10

/** Plugs in the phones of the lines in this order: those on desks in one process, browsers in another. */
export async function openHousehold(
  { sip, http, token }: RunningMachine,
  lines: readonly LinePhones[],
): Promise<Household> {
  const settings = lines.flatMap(({ phones, habit, browser }, line) =>
    Array.from({ length: phones }, (_, phone): PhoneSetting => {
      const webSocket = {
        url: `${http.replace(/^http/, 'ws')}/sip`,
        headers: { authorization: `Bearer ${token}` },
      }
      return {
        ...{ name: phoneName(line, phone), password: PASSWORD, habit },
        ...{ to: sip, listenTo: `*1${lineName(line)}` },
        ...(browser ? { browser: { kind: browser, webSocket } } : {}),
      }
    }),
  )
  await using opened = new AsyncDisposableStack()
  const processes: OwnersPhones[] = []
  const plugIn = async (some: readonly PhoneSetting[], niceness: number) => {
    if (some.length > 0) processes.push(opened.use(await openOwnersPhones(some, { niceness })))
  }
  await plugIn(
    settings.filter(({ browser }) => !browser),
    0,
  )
  await plugIn(
    settings.filter(({ browser }) => browser),
    BROWSER_NICENESS,
  )
  const running = opened.move()
  const namesOf = (line: number) => settings.filter(({ listenTo }) => listenTo === `*1${lineName(line)}`)
  return {
    async report() {
      const habits = (await Promise.all(processes.map((each) => each.report()))).flat()
      return lines.flatMap((each, line) =>
        namesOf(line).map(({ name }) => ({
          ...each,
          ...(habits.find((habit) => habit.name === name) ?? { name, rung: 0, heard: 0, statuses: [] }),
        })),
      )
    },
    listensTo: (line) =>
      settings.some(
        ({ name, listenTo }) =>
          listenTo === `*1${line}` && processes.some(({ listening }) => listening.has(name)),
      ),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
