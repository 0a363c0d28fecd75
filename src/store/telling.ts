import type { WeekHours } from '../shared/week-hours.ts'

/** Somewhere that the machine tells of what happens: a webhook, or a topic of ntfy. */
export interface Target {
  readonly id: string
  readonly kind: TargetKind
  /** Unique. */
  readonly name: string
  readonly url: string
  /** What signs a webhook (`whsec_…`), or lets into a topic; null: none. */
  readonly secret: string | null
  /** What it is told of. */
  readonly events: readonly TargetEvent[]
  /** Of one that is off nothing new is kept, and what waits goes on waiting. */
  readonly enabled: boolean
  /** How a topic of ntfy is told; null for webhooks. */
  readonly ntfy: NtfySettings | null
  /** When nothing is sent to it; null: the quiet hours of the house count where its kind heeds them. */
  readonly quiet: readonly QuietHours[] | null
  readonly createdAt: number
  /** When it was last tried, and what stood in the way; null and empty while it never was, or all went well. */
  readonly lastTriedAt: number | null
  readonly lastProblem: string
}

export type TargetKind = 'webhook' | 'ntfy'

/** All that a target can be told of. */
export const TARGET_EVENTS = [
  'message-new',
  'message-transcribed', // what was said in it is written down
  'message-heard',
  'message-deleted', // to the trash, heard or not
  'call-arrived',
  'call-ended',
  'line-lost',
  'line-back',
  'pin-locked', // after wrong PINs a mailbox takes none for a while
  'mailbox-filling', // it has four fifths of what it may keep
  'mailbox-full',
  'storage-filling', // recordings have four fifths of the room that there is for them
  'storage-full', // no message can be taken, or soon none
  'storage-free',
] as const
export type TargetEvent = (typeof TARGET_EVENTS)[number]

export interface NtfySettings {
  /** 1 (no sound) to 5 (as loud as can be); 3 is ntfy's own. */
  readonly priority: number
  /** Where a tap leads; null: nowhere. */
  readonly click: string | null
  /** Sends the recording along. */
  readonly attach: boolean
  readonly language: 'en' | 'de'
}

/** In the time zone of the machine. */
export type QuietHours = WeekHours

/** An event on its way to one target. Once it is there, its row is gone. */
export interface Delivery {
  /** In order: what comes first goes first. */
  readonly seq: number
  /** The same at each try, so that a receiver knows it again. */
  readonly id: string
  readonly targetId: string
  readonly event: TargetEvent
  /** What it is about: the id of a message or a call, or else all there is to say of it, as JSON. */
  readonly subject: string
  readonly at: number
  /** JSON, as it was when it was first seen; null before. */
  readonly body: string | null
  readonly state: 'waiting' | 'dead'
  readonly attempts: number
  /** Since when it is tried; sent again, from then on. */
  readonly waitsSince: number
  /** When it is tried next. */
  readonly nextTryAt: number
  /** What stood in the way the last time; empty: nothing. */
  readonly problem: string
  /** When it was given up; null while it waits. */
  readonly endedAt: number | null
}
