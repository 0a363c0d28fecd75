/** What somebody did that the owner may want to know of later. */
export interface AuditEntry {
  readonly id: string
  readonly at: number
  /** `phone:kitchen`, `user:ada`, `token:backup`, `machine`, or `console` for the command line. */
  readonly who: string
  readonly act: AuditAct
  readonly callId: string | null
  readonly messageId: string | null
  /** What else there is to say, for people; never a secret. Instants stand in it as ISO 8601, and are shown in local time. */
  readonly detail: string
}

export const AUDIT_ACTS = [
  'listened-in', // live, while the message was left
  'picked-up',
  'transferred', // took the caller over from another phone
  'answered-now', // sent the caller to the machine
  'hung-up',
  'blocked',
  'unblocked',
  'contact-added',
  'contact-changed',
  'contact-removed',
  'switched', // the machine on or off, or do not disturb
  'rule-added',
  'rule-changed',
  'rule-removed',
  'list-changed',
  'recorded-on', // went on recording after the pick-up
  'played', // later
  'forwarded',
  'caller-exported', // all that is kept of a caller
  'caller-forgotten',
  'let-in', // typed the right PIN from afar
  'pin-refused', // typed a wrong one, or came too soon after one
  'deleted', // to the trash
  'restored',
  'purged',
  // By these somebody could open a way in, or carry something out.
  'line-changed', // added or removed, too; so of phones, users and targets
  'phone-changed',
  'user-changed',
  'target-changed', // webhooks, topics of ntfy, the MQTT broker
  'pin-changed', // set or taken back
  'token-made',
  'token-removed',
  'settings-changed', // of mailboxes, mail, transcription and storage
  'backup-made',
  'report-made',
] as const
export type AuditAct = (typeof AUDIT_ACTS)[number]
