import type { z } from 'zod'
import type { Carrier, Outcome } from '../../notify/outbox/carrier.ts'
import { isWebhookSecret, webhookSecret } from '../../notify/webhook/sign.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Random } from '../../shared/random.ts'
import {
  type NtfySettings,
  TARGET_EVENTS,
  type Target,
  type TargetEvent,
  type TargetKind,
} from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { TargetTest, targetChange, targetInput } from '../contract.ts'
import { toldAsTest } from '../views/told.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'
import { noteChange } from './note-change.ts'

/** What the API and the command line do to webhooks and topics, alike. */
export type TargetTools = AuditTools & {
  readonly store: Pick<Store, 'audit' | 'targets' | 'outbox'>
  readonly random: Random
}

interface OutboxTools {
  readonly store: Pick<Store, 'targets' | 'outbox'>
  readonly clock: Pick<Clock, 'now'>
}

/** Each is asked for whenever something happens. */
const MOST_TARGETS = 50
/** In bytes, of a secret made here. */
const SECRET_BYTES = 32

/** What a person wants to be told on a phone, where she does not say otherwise. */
const FOR_PEOPLE: readonly TargetEvent[] = [
  'message-new',
  'line-lost',
  'line-back',
  'pin-locked',
  'mailbox-filling',
  'mailbox-full',
  'storage-filling',
  'storage-full',
]
const PLAIN_NTFY: NtfySettings = { priority: 3, click: null, attach: false, language: 'en' }

/** Adds one. Rejects with AP_NAME_TAKEN, AP_TARGET_LIMIT and AP_INPUT_INVALID. */
export async function addTarget(tools: TargetTools, input: z.output<typeof targetInput>): Promise<Target> {
  const { store, clock, random } = tools
  const { kind, secret, events, ntfy, quiet = null, enabled = true, ...rest } = input
  if ((await store.targets.list()).length >= MOST_TARGETS)
    throw new AnswerphoneError('AP_TARGET_LIMIT', { most: `${MOST_TARGETS}` })
  if (secret !== undefined) checkSecret(kind, secret)
  checkPlace(kind, rest.url)
  const made = kind === 'webhook' ? webhookSecret(random.bytes(SECRET_BYTES)) : null
  const target = await store.targets.add({
    ...rest,
    kind,
    secret: secret ?? made,
    events: events ?? (kind === 'webhook' ? TARGET_EVENTS : FOR_PEOPLE),
    ntfy: kind === 'ntfy' ? { ...PLAIN_NTFY, ...defined(ntfy ?? {}) } : null,
    ...{ quiet, enabled, createdAt: clock.now() },
  })
  await note(tools, 'target-changed', { detail: `${target.name}: added` })
  return target
}

/** Changes one; what waits for it is tried with it now. Rejects with AP_NOT_FOUND, AP_NAME_TAKEN and AP_INPUT_INVALID. */
export async function changeTarget(
  tools: Omit<TargetTools, 'random'>,
  key: string,
  change: z.output<typeof targetChange>,
): Promise<Target> {
  const { store, clock } = tools
  const before = await findTarget(store, key)
  const { ntfy, secret, ...rest } = change
  if (secret) checkSecret(before.kind, secret)
  if (rest.url !== undefined) checkPlace(before.kind, rest.url)
  // Whoever may see the list but not the secret must not have it sent elsewhere.
  if (rest.url !== undefined && before.kind === 'ntfy' && before.secret !== null && secret === undefined)
    if (URL.parse(rest.url)?.host !== URL.parse(before.url)?.host)
      throw invalid('Give the access token again: the one that is kept was for another server.')
  const target = await store.targets.set(before.id, {
    ...defined({ ...rest, secret }),
    ...(ntfy && before.ntfy && { ntfy: { ...before.ntfy, ...defined(ntfy) } }),
  })
  await noteChange(tools, 'target-changed', before.name, {
    before: settingsOf(before),
    after: settingsOf(target),
  })
  await hurry(store, target.id, clock.now())
  return target
}

/** Without what comes of telling it. */
const settingsOf = ({ lastTriedAt: _, lastProblem: __, ...settings }: Target) => settings

/** Removes one, with what waits for it. Rejects with AP_NOT_FOUND. */
export async function removeTarget(tools: Omit<TargetTools, 'random'>, key: string): Promise<void> {
  const { id, name } = await findTarget(tools.store, key)
  await tools.store.targets.remove(id)
  await note(tools, 'target-changed', { detail: `${name}: removed` })
}

/** What waits for it is due now; what was given up stays so. */
async function hurry({ outbox }: Pick<Store, 'outbox'>, targetId: string, now: number): Promise<void> {
  const [head] = await outbox.list({ targetId, state: 'waiting', limit: 1 })
  if (head) await outbox.sendAgain({ id: head.id }, now)
}

export async function findTarget({ targets }: Pick<Store, 'targets'>, key: string): Promise<Target> {
  const target = await targets.get(key)
  if (!target) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'target', id: key })
  return target
}

/** Sends something to try it out, past all that waits; resolves to how it went. */
export async function testTarget(
  tools: OutboxTools & {
    readonly carriers: readonly Carrier[]
    readonly makeId: MakeId
  },
  key: string,
): Promise<TargetTest> {
  const target = await findTarget(tools.store, key)
  const [id, now] = [tools.makeId(), tools.clock.now()]
  const carrier = tools.carriers.find(({ kind }) => kind === target.kind)
  const parcel = { id, event: 'test', subject: '', at: now, body: toldAsTest(id, now) } as const
  const outcome: Outcome = carrier
    ? await carrier.carry(target, parcel)
    : { kind: 'refused', why: 'nothing carries it' }
  const why = outcome.kind === 'taken' ? '' : outcome.why
  await tools.store.targets.tried(target.id, now, why)
  return { taken: why === '', why }
}

/** Sends what was given up once more: all of one target, or one event. Resolves to how many. */
export async function sendAgain(
  { store, clock }: OutboxTools,
  which: { readonly target: string } | { readonly id: string },
): Promise<number> {
  if ('target' in which)
    return store.outbox.sendAgain({ targetId: (await findTarget(store, which.target)).id }, clock.now())
  const count = await store.outbox.sendAgain(which, clock.now())
  if (count === 0) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'delivery', id: which.id })
  return count
}

/** Takes one out of the list; it is not sent. */
export async function removeDelivery({ outbox }: Pick<Store, 'outbox'>, id: string): Promise<void> {
  if (!(await outbox.remove(id))) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'delivery', id })
}

/** A server of ntfy alone takes no words: each topic is a path of it. */
function checkPlace(kind: TargetKind, url: string): void {
  if (kind === 'ntfy' && URL.parse(url)?.pathname === '/')
    throw invalid('The address names no topic. Write it like https://ntfy.sh/a-name-nobody-guesses.')
}

function checkSecret(kind: TargetKind, secret: string): void {
  if (kind === 'webhook' && !isWebhookSecret(secret))
    throw invalid(
      'The secret of a webhook is `whsec_` and 24 to 64 bytes in base64. Leave it out, and one is made.',
    )
  if (kind === 'ntfy' && !/^[\x21-\x7e]+$/.test(secret))
    throw invalid('An access token has letters, digits and signs only.')
}

const invalid = (what: string) => new AnswerphoneError('AP_INPUT_INVALID', { what })
