import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectOneStream, framesBetween, soundOf } from '../helpers/caller-stream.ts'
import { dialogWatcher, type KnownDialog } from '../helpers/dialog-watcher.ts'
import { type LoopbackPhone, openLoopbackPhone } from '../helpers/loopback-phone.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import type { ReceivedPacket, RtpSender } from '../helpers/rtp-sender.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { openCaller, readNumberedFrames } from '../helpers/scripted-caller.ts'
import type { PhoneCall } from '../helpers/scripted-phone.ts'
import { bodyOf } from '../helpers/sip-text.ts'
import { statusOf } from '../helpers/sip-wire.ts'
import { readUlaw } from '../helpers/wav-frames.ts'

/**
 * A phone that learns a call's dialog from its lamp (RFC 4235) picks it up by Replaces (RFC 3891) and listens by Join
 * (RFC 3911), with the real program over real sockets; every frame of both sides is counted.
 */
const CALLER = '127.0.0.1'
const PASSWORD = 'horse-battery'

let machine: RunningMachine

beforeAll(async () => {
  machine = await startMachine()
  await machine.line('home', { trunk: `${CALLER}/32`, ringSeconds: 2 })
  for (const name of ['desk', 'sofa']) await machine.post('/phones', { name, password: PASSWORD })
})
afterAll(() => machine?.[Symbol.asyncDispose]())

const openPhone = (user: string, address: string) =>
  openLoopbackPhone({ to: machine.sip, address, user, password: PASSWORD })

/** What the phone's lamp for the line shows. */
async function watchLine(phone: LoopbackPhone) {
  const watcher = dialogWatcher()
  const subscription = phone.subscribe(`sip:home@${machine.sip.host}`, 'dialog')
  expect(statusOf(await subscription.final)).toBe(200)
  let taken = 0
  return {
    /** The one dialog that is in this state, once there is one. */
    shows: (state: string) =>
      eventually(async () => {
        for (const notify of subscription.notifies.slice(taken)) watcher.take(bodyOf(notify))
        taken = subscription.notifies.length
        return watcher.dialogs.find((dialog) => dialog.state === state)
      }),
  }
}

/** A call with Replaces or Join, which name the machine's tag first (RFC 3891 §3). */
const callInto = (
  phone: LoopbackPhone,
  header: 'Replaces' | 'Join',
  dialog: KnownDialog,
  more = '',
): PhoneCall =>
  phone.call(`sip:home@${machine.sip.host}`, {
    headers: [`${header}: ${dialog.callId};to-tag=${dialog.localTag};from-tag=${dialog.remoteTag}${more}`],
  })

/** The numbers in what was heard from a moment on; silence is left away. */
const numbersIn = (received: readonly ReceivedPacket[], from = 0) =>
  readNumberedFrames(
    soundOf(framesBetween(received, from).filter(({ payload }) => payload.length === 160)),
  ).filter((number) => number >= 0)

/** Each frame once and in order, from the first that was heard. */
function expectGapless(numbers: readonly number[], least: number): void {
  expect(numbers.length).toBeGreaterThan(least)
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
}

/** More than a jitter buffer takes without a loss: a talk in which this process was held up for longer proves nothing. */
const HELD_UP_MS = 40

type Speaker = Pick<RtpSender, 'framesSent' | 'mostLateMs' | 'stopTalking'>

/** Some of `speakers` talk for a while, again if this process was held up; each with the first frame and when it began. */
async function talk(ms: number, speakers: readonly (readonly [Speaker, () => void])[]) {
  for (let tries = 0; ; tries++) {
    const from = performance.now()
    const first = speakers.map(([{ framesSent }]) => framesSent)
    for (const [, begin] of speakers) begin()
    await sleep(ms)
    for (const [speaker] of speakers) speaker.stopTalking()
    await sleep(200)
    if (tries === 4 || speakers.every(([{ mostLateMs }]) => mostLateMs < HELD_UP_MS)) return { from, first }
  }
}

/** All that was sent from the first frame on, each once and in order; what fills in for the voice that ends follows. */
function expectAll(numbers: readonly number[], first: number, sent: number): void {
  expect(numbers.slice(0, sent - first)).toEqual(
    Array.from({ length: sent - first }, (_, index) => first + index),
  )
}

it('Replaces, early-only, takes the call that rings; no frame is lost or repeated either way (RFC 3891)', async () => {
  await using desk = await openPhone('desk', '127.0.0.11')
  await using caller = await openCaller(machine.sip, { local: CALLER })
  const lamp = await watchLine(desk)
  const call = await caller.call('home', { number: '+491' })
  const taken = callInto(desk, 'Replaces', await lamp.shows('early'), ';early-only')
  expect(await call.final).toBe(200)
  await eventually(async () => taken.state === 'talking')
  const { from, first } = await talk(2000, [
    [desk.rtp, () => desk.talk(taken)],
    [call, call.talk],
  ])
  const [ofDesk = 0, ofCaller = 0] = first
  expectAll(numbersIn(call.received, from), ofDesk, desk.rtp.framesSent)
  expectAll(numbersIn(desk.rtp.received, from), ofCaller, call.framesSent)
  await call.bye()
  await taken.over
  expect(call.requests).toEqual([])
  expectOneStream(call.received, 500)
})

it('Join hears the message as it is left; Replaces takes it in the middle (RFC 3911)', async () => {
  await using desk = await openPhone('desk', '127.0.0.11')
  await using sofa = await openPhone('sofa', '127.0.0.12')
  await using caller = await openCaller(machine.sip, { local: CALLER })
  const lamp = await watchLine(desk)
  const call = await caller.call('home', { number: '+492' })
  expect(await call.final).toBe(200)
  call.talk()
  await machine.recording({ number: '+492' })
  const dialog = await lamp.shows('confirmed')
  const joined = callInto(sofa, 'Join', dialog)
  await eventually(async () => joined.state === 'talking')
  await sleep(1500)
  joined.hangUp()
  await sleep(200)
  expectGapless(numbersIn(sofa.rtp.received), 50)
  const taken = callInto(desk, 'Replaces', dialog)
  await eventually(async () => taken.state === 'talking')
  const tooLate = callInto(sofa, 'Replaces', dialog)
  const { from, first } = await talk(1000, [[desk.rtp, () => desk.talk(taken)]])
  expect(tooLate.status).toBe(486)
  expectAll(numbersIn(call.received, from), first[0] ?? 0, desk.rtp.framesSent)
  taken.hangUp()
  await call.hungUp
  expect(call.requests.map(({ method }) => method)).toEqual(['BYE'])
  expectOneStream(call.received, 500)

  const message = await eventually(async () => {
    const { messages } = (await (await machine.api('/messages')).json()) as {
      messages: { id: string; callerNumber: string; pickedUp: string | null }[]
    }
    return messages.find(({ callerNumber }) => callerNumber === '+492')
  })
  expect(message.pickedUp).toBe('kept')
  const audio = await (await machine.api(`/messages/${message.id}/audio`)).arrayBuffer()
  expectGapless(readNumberedFrames(readUlaw(Buffer.from(audio))), 80)
})
