import type { Machine } from './machine/machine.ts'
import type { HouseState } from './notify/mqtt/house-state.ts'
import { percentOf, readFills } from './store/fills.ts'
import type { Call } from './store/model.ts'
import type { Store } from './store/store.ts'

/** As the owner knows him, as he is called by his phone or provider, as he said at a gate, or by his number. */
function nameOf(
  { callerNumber, callerE164, callerName, gate }: Call,
  { contactOf }: Pick<Machine, 'contactOf'>,
): string {
  const said = gate?.name?.words
  const shown = said ? `“${said}” ${callerNumber ?? ''}`.trim() : callerNumber
  return contactOf(callerNumber, callerE164)?.name ?? callerName ?? shown ?? ''
}

/** How things stand, put together from the machine and the store. */
export async function readHouseState(
  store: Pick<Store, 'mailboxes' | 'messages' | 'lines' | 'registrations' | 'calls'>,
  machine: Pick<Machine, 'liveCalls' | 'switches' | 'contactOf'>,
): Promise<HouseState> {
  const [mailboxes, counts, fills, lines, registrations, { rows }] = await Promise.all([
    store.mailboxes.list(),
    store.messages.counts(),
    readFills(store),
    store.lines.list(),
    store.registrations.list(),
    store.calls.list({ limit: 1 }),
  ])
  const live = machine.liveCalls()
  const [last] = rows
  const { machineOn, doNotDisturb } = machine.switches()
  const newIn = (id: string) =>
    counts.find(({ mailboxId, state }) => mailboxId === id && state === 'new')?.count ?? 0
  const filled = (id: string) => {
    const share = fills.find(({ mailbox }) => mailbox.id === id)?.share
    return share === undefined ? null : percentOf(share)
  }
  return {
    machineOn,
    doNotDisturb: doNotDisturb !== null,
    mailboxes: mailboxes.map(({ id, name }) => ({
      id,
      name,
      newMessages: newIn(id),
      filledPercent: filled(id),
    })),
    isRinging: live.some(({ phase }) => phase === 'ringing'),
    isRecording: live.some(({ recording }) => recording),
    lastCaller: last ? nameOf(last, machine) : '',
    lines: lines
      .filter(({ account }) => account !== null)
      .map(({ id, name }) => ({
        id,
        name,
        isRegistered: registrations.some(({ lineId, state }) => lineId === id && state === 'registered'),
      })),
  }
}
