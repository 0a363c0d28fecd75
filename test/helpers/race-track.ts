import { type LoopbackPhone, openLoopbackPhone } from './loopback-phone.ts'
import { eventually, sleep } from './processes.ts'
import { type RunningMachine, startMachine } from './running-machine.ts'
import { openCaller, type ScriptedCall, type ScriptedCaller } from './scripted-caller.ts'

/** A line with a mailbox of its own and two phones that ring for it: what happens here does not touch its neighbours. */
export interface Lane {
  readonly line: string
  readonly phones: readonly [LoopbackPhone, LoopbackPhone]
}

/** The real program with many lanes, so that many calls can be raced for at once. */
export interface RaceTrack extends AsyncDisposable {
  readonly machine: RunningMachine
  readonly caller: ScriptedCaller
  readonly lanes: readonly Lane[]
  /** How long all lines ring from now on. */
  ringFor(seconds: number): Promise<void>
}

const CALLER = '127.0.0.1'
const PASSWORD = 'race-track'

export async function openRaceTrack(options: { lanes: number }): Promise<RaceTrack> {
  const machine = await startMachine()
  const lanes: Lane[] = []
  for (let lane = 1; lane <= options.lanes; lane++) {
    const line = `lane${lane}`
    const trunk = [`${CALLER}/32`]
    await machine.post('/mailboxes', { name: line })
    await machine.post('/lines', { name: line, trunk, mailbox: line })
    const open = async (name: string, address: string) => {
      await machine.post('/phones', { name, password: PASSWORD, mailboxes: [line] })
      return { to: machine.sip, address, user: name, password: PASSWORD }
    }
    const phones = [await open(`a${lane}`, `127.0.1.${lane}`), await open(`b${lane}`, `127.0.2.${lane}`)]
    await eventually(async () => (await machine.metrics()).includes(`{line="${line}"}`))
    const [a, b] = await Promise.all(phones.map(openLoopbackPhone))
    if (a && b) lanes.push({ line, phones: [a, b] })
  }
  const caller = await openCaller(machine.sip, { local: CALLER })
  return {
    machine,
    caller,
    lanes,
    async ringFor(ringSeconds) {
      for (const { line } of lanes)
        await machine.api(`/lines/${line}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ringSeconds }),
        })
      await eventually(async () => {
        const metrics = await machine.metrics()
        return lanes.every(({ line }) => metrics.includes(`{line="${line}"} ${ringSeconds}\n`))
      })
    },
    async [Symbol.asyncDispose]() {
      await caller[Symbol.asyncDispose]()
      for (const { phones } of lanes) for (const phone of phones) await phone[Symbol.asyncDispose]()
      await machine[Symbol.asyncDispose]()
    },
  }
}

/** When the caller was told that it rings (performance.now() ms). */
export async function ringingSince(call: ScriptedCall): Promise<number> {
  const heard = await eventually(async () => call.responses.find(({ status }) => status === 180))
  return heard.at
}

/** Waits for this instant (performance.now() ms), if it is still to come. */
export async function until(at: number): Promise<void> {
  const left = at - performance.now()
  if (left > 0) await sleep(left)
}

/** Nothing of any call is left in the machine. */
export async function expectQuiet({ machine }: RaceTrack): Promise<void> {
  await eventually(async () => {
    const metrics = await machine.metrics()
    return /^answerphone_live_calls 0$/m.test(metrics) && /^answerphone_sip_dialogs 0$/m.test(metrics)
  }, 15_000)
}
