import { changeSwitches } from './api/acts/switches.ts'
import {
  composeTold,
  fillEvent,
  toldOfFill,
  toldOfLine,
  toldOfLock,
  toldOfStorage,
} from './api/views/told.ts'
import { readHouseState } from './house-state.ts'
import { isNoRoom } from './machine/health.ts'
import type { Machine } from './machine/machine.ts'
import { createWriteQueue } from './machine/write-queue.ts'
import type { Mailboxes } from './mailbox/mailbox.ts'
import { openPostThread } from './notify/http/open-post-thread.ts'
import { connectMqtt } from './notify/mqtt/mqtt-client.ts'
import { type MqttStanding, openMqtt } from './notify/mqtt/open-mqtt.ts'
import { createNtfyCarrier } from './notify/ntfy/ntfy-carrier.ts'
import type { Carrier } from './notify/outbox/carrier.ts'
import { openOutbox } from './notify/outbox/open-outbox.ts'
import type { HouseQuiet } from './notify/quiet/house-quiet.ts'
import { quietUntil } from './notify/quiet/quiet-until.ts'
import { createWebhookCarrier } from './notify/webhook/webhook-carrier.ts'
import type { Clock } from './shared/clock.ts'
import type { Log } from './shared/log.ts'
import type { Random } from './shared/random.ts'
import { version } from './shared/version.ts'
import type { TargetEvent } from './store/model.ts'
import type { Store } from './store/store.ts'
import type { Transcription } from './transcribe/open-transcription.ts'

/** Tells webhooks and topics what happens. */
export interface Telling extends AsyncDisposable {
  readonly carriers: readonly Carrier[]
  readonly mqttStanding: () => MqttStanding
}

export interface TellingOptions {
  readonly store: Store
  readonly mailboxes: Pick<Mailboxes, 'encodedAudio'>
  readonly quiet: Pick<HouseQuiet, 'hours'>
  readonly machine: Pick<Machine, 'watch' | 'contactOf' | 'liveCalls' | 'switches'>
  readonly words: Pick<Transcription, 'ready'>
  /** See `HookReach`. */
  readonly publicOnly: boolean
  readonly ownPorts: readonly number[]
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** A topic waits for the words of a message for so long at most, and longer than the house has it never: a carrier has a minute. */
const LONGEST_WAIT_MS = 30_000

/** Puts together what tells others: the outbox with its carriers, and what the machine says that no row does. */
export function openTelling(options: TellingOptions): Telling {
  const { store, mailboxes, words, quiet, machine, publicOnly, ownPorts, clock, random, log } = options
  const thread = openPostThread()
  const tools = { thread, reach: () => ({ publicOnly, ownPorts }), clock }
  const said = async (messageId: string): Promise<string> => {
    const message = await store.messages.get(messageId)
    // What was left long ago, or is a copy of such, waits for nothing.
    if (message && clock.now() - message.receivedAt - message.durationMs < LONGEST_WAIT_MS)
      await words.ready(messageId, LONGEST_WAIT_MS)
    return (await store.transcripts.get(messageId))?.text ?? ''
  }
  const carriers: readonly Carrier[] = [
    createWebhookCarrier(tools),
    createNtfyCarrier(tools, { encode: (messageId) => mailboxes.encodedAudio(messageId, 'mp3'), said }),
  ]
  const outbox = openOutbox({
    store,
    carriers,
    compose: (delivery) => composeTold(delivery, { store, contactOf: machine.contactOf }),
    async heldUntil({ kind, quiet: own }, now) {
      const heeds = carriers.some((carrier) => carrier.kind === kind && carrier.heedsQuiet)
      return quietUntil(own ?? (heeds ? quiet.hours : []), now) ?? now
    },
    clock,
    log,
  })
  const writes = createWriteQueue({ clock, log, onTrouble: () => {} })
  const tell = (event: TargetEvent, subject: string) => {
    const at = clock.now()
    void writes.add('an event for webhooks', () => store.outbox.add(event, at, subject))
  }
  const mqtt = openMqtt({
    store,
    connect: (settings) => connectMqtt(settings, `answerphone-${random.token(8)}`),
    readState: () => readHouseState(store, machine),
    obey: async (command) => void (await changeSwitches({ store, clock, log, who: 'mqtt' }, command)),
    version,
    clock,
    log,
  })
  let isFull = false
  const unwatch = machine.watch((event) => {
    mqtt.changed()
    if (event.kind === 'line-lost') tell('line-lost', toldOfLine(event))
    if (event.kind === 'line-back') tell('line-back', toldOfLine({ ...event, problem: null }))
    if (event.kind === 'pin-locked') tell('pin-locked', toldOfLock(event))
    if (event.kind === 'filling') tell(fillEvent(event), toldOfFill(event))
    if (event.kind !== 'health-changed') return
    const problems = event.health.problems.filter(({ code }) => isNoRoom(code))
    if (problems.length > 0 === isFull) return
    isFull = problems.length > 0
    tell(isFull ? 'storage-full' : 'storage-free', toldOfStorage(problems))
  })

  return {
    carriers,
    mqttStanding: () => mqtt.standing,
    async [Symbol.asyncDispose]() {
      unwatch()
      writes.close()
      await mqtt[Symbol.asyncDispose]()
      await outbox[Symbol.asyncDispose]()
      await thread[Symbol.asyncDispose]()
    },
  }
}
