import type { Finding } from '../doctor/finding.ts'
import type { ListDesk } from '../lists/list-desk.ts'
import type { Machine } from '../machine/machine.ts'
import type { Greetings } from '../mailbox/greetings.ts'
import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { MailAccounts } from '../notify/mail/account.ts'
import type { SendMail } from '../notify/mail/send-mail.ts'
import type { MqttStanding } from '../notify/mqtt/open-mqtt.ts'
import type { Carrier } from '../notify/outbox/carrier.ts'
import type { PushNotifier } from '../notify/push/open-push.ts'
import type { Clock } from '../shared/clock.ts'
import type { MakeId } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import type { Passwords } from '../shared/passwords.ts'
import type { Random } from '../shared/random.ts'
import type { Store } from '../store/store.ts'
import type { Transcription } from '../transcribe/open-transcription.ts'
import type { KeptTranscription } from '../transcribe/settings.ts'
import type { HouseVoice } from '../voice/house-voice.ts'
import type { KeptVoice } from '../voice/settings.ts'
import type { LoginThrottle } from './auth/login-throttle.ts'
import type { NoteUse } from './auth/note-use.ts'
import type { Sessions } from './auth/sessions.ts'
import type { EventHub } from './events/event-hub.ts'
import type { LevelHub } from './events/level-hub.ts'
import type { Metrics } from './metrics.ts'
import type { AppLinks } from './provisioning/app-links.ts'

/** Where SIP listens: `0.0.0.0` and `::` stand for every address. */
export interface SipPlace {
  readonly transport: string
  readonly address: string
  readonly port: number
}

/** The account by which mail is sent, and how. */
export interface Mail {
  readonly accounts: MailAccounts
  readonly send: SendMail
}

/** Looks at what may be wrong. */
export interface Doctor {
  examine(): Promise<readonly Finding[]>
  readonly rtpPorts: { readonly from: number; readonly to: number }
}

/** What the routes work with. */
export interface Context {
  readonly store: Store
  readonly mailboxes: Mailboxes
  readonly greetings: Greetings
  readonly voice: HouseVoice
  readonly keptVoice: KeptVoice
  readonly machine: Machine
  readonly lists: ListDesk
  readonly mail: Mail
  readonly doctor: Doctor
  readonly keptTranscription: KeptTranscription
  readonly transcription?: Pick<Transcription, 'wordsOf'> | undefined
  readonly sessions: Sessions
  readonly noteUse: NoteUse
  readonly passwords: Passwords
  readonly throttle: LoginThrottle
  readonly appLinks: AppLinks
  readonly events: EventHub
  readonly levels: LevelHub
  readonly metrics: Metrics
  readonly makeId: MakeId
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Undefined: notifications are switched off. */
  readonly push?: PushNotifier | undefined
  /** Whether the broker is told. */
  readonly mqttStanding: () => MqttStanding
  /** What carries events to webhooks and topics. */
  readonly carriers: readonly Carrier[]
  /** Where phones reach SIP now. */
  readonly sipPlaces?: (() => readonly SipPlace[]) | undefined
  /** The folder whose disk must not fill up. */
  readonly dataDir?: string | undefined
}
