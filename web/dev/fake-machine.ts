import type {
  ApiEvent,
  Health,
  LiveCall,
  Message,
  PastCall,
  Registration,
  Switches,
  SwitchesChange,
  TranscriptionSettings,
} from '../../src/api/contract.ts'
import { attestationOf } from './fake-callers.ts'
import { withContact } from './fake-contacts.ts'
import { callerIn, people, sampleCalls, sampleMessages } from './fake-data.ts'
import { type FakeSettings, sampleSettings } from './fake-household.ts'

export interface FakeMachineOptions {
  /** Starts without any message or call. */
  readonly empty?: boolean
}

/** What an answering machine would know and do, without a telephone: the state behind the fake server. */
export class FakeMachine {
  messages: Message[]
  past: PastCall[]
  live: LiveCall[] = []
  /** After this much of a message nothing is said any more. */
  silentAfterMs = Number.POSITIVE_INFINITY
  health: Health = { ready: true, draining: false, problems: [] }
  switches: Switches = { machineOn: true, doNotDisturb: false, doNotDisturbUntil: null }
  readonly transcription: TranscriptionSettings = {
    ...{
      by: 'command',
      command: 'whisper-cli -f "$WAV"',
      commandRate: 16_000,
      serverUrl: null,
      serverModel: 'whisper-1',
      speechModel: 'streaming-zipformer-en-20M',
      speechModels: [
        {
          ...{ name: 'streaming-zipformer-en-20M', kind: 'streaming-transducer', isStreaming: true },
          ...{ bytes: 44_100_000, sha256: '0'.repeat(64), from: 'streaming-zipformer-en-20M.tar.bz2' },
          addedAt: '2026-05-01T12:00:00.000Z',
        },
        {
          ...{ name: 'whisper-tiny-en', kind: 'whisper', isStreaming: false },
          ...{ bytes: 104_000_000, sha256: '0'.repeat(64), from: 'whisper-tiny-en.tar.bz2' },
          addedAt: '2026-05-01T12:00:00.000Z',
        },
      ],
    },
    ...{
      hasServerKey: false,
      language: 'en',
      live: true,
      waitSeconds: 20,
      since: '2026-05-01T12:00:00.000Z',
    },
    counts: { waiting: 0, partial: 0, done: 12, failed: 0 },
  }
  readonly settings: FakeSettings
  /** Callers who leave messages say nothing. */
  quiet = false
  /** What a message was before it was deleted. */
  readonly beforeTrash = new Map<string, Message['state']>()
  /** When a batch last changed a message. */
  readonly changedAt = new Map<string, string>()
  /** Whether the page's browser is told of calls and messages. */
  subscribed = false
  readonly #listeners = new Set<(event: ApiEvent) => void>()
  #lastId = 100

  constructor({ empty = false }: FakeMachineOptions = {}) {
    const now = Date.now()
    this.settings = sampleSettings(now, empty)
    this.messages = empty ? [] : sampleMessages(now)
    this.past = empty ? [] : sampleCalls(this.messages, now)
  }

  /** Returns how to stop listening. */
  listen(listener: (event: ApiEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(event: ApiEvent): void {
    const { contacts } = this.settings
    if (event.kind === 'call-changed') event = { ...event, call: withContact(contacts, event.call) }
    if (event.kind === 'message-added') event = { ...event, message: withContact(contacts, event.message) }
    for (const listener of this.#listeners) listener(event)
  }

  /** A call arrives and rings for `ringMs`, `agoMs` of which have passed. */
  ring(who: keyof typeof people, ringMs = 18_000, agoMs = 0): string {
    this.#lastId += 1
    const arrivedAt = Date.now() - agoMs
    const call: LiveCall = {
      id: `l${this.#lastId}`,
      line: 'home',
      mailbox: 'home',
      ...people[who],
      attestation: attestationOf(people[who].callerNumber),
      contact: null,
      rule: null,
      junk: false,
      gate: null,
      arrivedAt: new Date(arrivedAt).toISOString(),
      phase: 'ringing',
      ringsSince: new Date(arrivedAt).toISOString(),
      answersAt: new Date(arrivedAt + ringMs).toISOString(),
      answeredAt: null,
      recordingSince: null,
      ringing: [],
      listeners: [],
      pickedUpBy: null,
      encrypted: 'both',
      recording: false,
      words: null,
    }
    this.live = [...this.live, call]
    this.tell({ kind: 'call-changed', call })
    return call.id
  }

  /** `agoMs` have passed since the answer. */
  greet(id: string, agoMs = 0): void {
    const answeredAt = new Date(Date.now() - agoMs).toISOString()
    this.#change(id, { phase: 'greeting', answeredAt, ringing: [] })
  }

  /** `agoMs` of the recording have passed. */
  record(id: string, agoMs = 0): void {
    const recordingSince = new Date(Date.now() - agoMs).toISOString()
    const words = {
      text: 'Hello, this is Ruth. I found your keys under the bench.',
      partial: 'call me back at',
    }
    this.#change(id, { phase: 'recording', recordingSince, recording: true, words })
  }

  /** Phones ring, listen in, or have the call. */
  phones(
    id: string,
    phones: Partial<Pick<LiveCall, 'ringing' | 'listeners' | 'pickedUpBy' | 'recording'>>,
  ): void {
    this.#change(id, { ...phones, ...(phones.pickedUpBy ? { phase: 'connected' } : {}) })
  }

  /** The caller has said a name, and what it was is written down, or is not. */
  named(id: string, words: string | null = null): void {
    this.#change(id, { gate: { kind: 'name', went: 'passed', name: { durationMs: 1800, words } } })
  }

  #change(id: string, change: Partial<LiveCall>): void {
    const before = this.live.find((call) => call.id === id)
    if (!before) return
    const call = { ...before, ...change }
    this.live = this.live.map((other) => (other.id === id ? call : other))
    this.tell({ kind: 'call-changed', call })
  }

  /** The caller hangs up; what was recorded becomes a message. */
  end(id: string): void {
    const call = this.live.find((other) => other.id === id)
    if (!call) return
    const endedAt = Date.now()
    const message = call.recordingSince === null ? null : this.#keep(call, call.recordingSince, endedAt)
    const outcome = message ? 'message' : call.answeredAt === null ? 'abandoned' : 'hung-up'
    this.live = this.live.filter((other) => other.id !== id)
    const { line, attestation, rule, arrivedAt, answeredAt, encrypted, gate } = call
    this.past.unshift({
      ...{ id, line, ...callerIn(call), attestation, contact: null, rule, arrivedAt, answeredAt, outcome },
      endedAt: new Date(endedAt).toISOString(),
      messageId: message?.id ?? null,
      encrypted,
      gate,
    })
    this.tell({ kind: 'call-ended', callId: id, outcome, messageId: message?.id ?? null })
    if (message) this.tell({ kind: 'message-added', message })
  }

  #keep(call: LiveCall, receivedAt: string, endedAt: number): Message {
    const { line, mailbox } = call
    const message: Message = {
      ...{ line, mailbox, ...callerIn(call), contact: null, receivedAt },
      id: `m${call.id}`,
      callId: call.id,
      durationMs: endedAt - Date.parse(receivedAt),
      state: 'new',
      heardAt: null,
      trashedAt: null,
      cutOff: false,
      note: '',
      pickedUp: null,
      kind: 'message',
      forwardedBy: null,
      junkReason: null,
      transcript: null,
      hit: null,
    }
    this.messages.unshift(message)
    return message
  }

  /** Puts so many messages in the place of all, one every ten minutes back from now. */
  receive(count: number): void {
    const [sample] = this.messages
    const now = Date.now()
    if (sample)
      this.messages = Array.from({ length: count }, (_, place) => ({
        ...sample,
        id: `many${place}`,
        callerName: `Caller ${place}`,
        state: place < 3 ? 'new' : 'heard',
        receivedAt: new Date(now - place * 600_000).toISOString(),
      }))
    this.tell({ kind: 'messages-changed' })
  }

  /** Changes a message; undefined when there is none. */
  change(id: string, change: Partial<Message>): Message | undefined {
    this.changeAll(new Set([id]), () => change)
    return this.messages.find((message) => message.id === id)
  }

  /** Changes many at once, and tells of it once. */
  changeAll(ids: ReadonlySet<string>, change: (message: Message) => Partial<Message>): void {
    this.messages = this.messages.map((before) => {
      if (!ids.has(before.id)) return before
      const after = { ...before, ...change(before) }
      if (after.state === 'trash' && before.state !== 'trash') this.beforeTrash.set(before.id, before.state)
      return after
    })
    this.tell({ kind: 'messages-changed' })
  }

  /** The line has an account at a provider, where it stands so since a minute ago. */
  register(lineId: string, state: Registration['state'], problem: Registration['problem'] = null): void {
    const since = new Date(Date.now() - 60_000).toISOString()
    const registration = { state, since, server: 'udp 198.51.100.20:5060', publicAddress: null, problem }
    const account = {
      ...{ registrar: 'sip:sip.example.net', user: '442079460155' },
      ...{ authUser: null, outboundProxy: null, expirySeconds: 3600 },
    }
    const lines = this.settings.lines.map((line) =>
      line.id === lineId ? { ...line, account, registration } : line,
    )
    this.settings.lines = lines
    this.tell({ kind: 'lines-changed' })
  }

  switchTo({
    machineOn = this.switches.machineOn,
    doNotDisturb,
    doNotDisturbUntil,
  }: SwitchesChange): Switches {
    const isQuiet = doNotDisturb ?? (doNotDisturbUntil ? true : this.switches.doNotDisturb)
    const until = (isQuiet && doNotDisturbUntil) || null
    this.switches = { machineOn, doNotDisturb: isQuiet, doNotDisturbUntil: until }
    this.tell({ kind: 'switches-changed', switches: this.switches })
    return this.switches
  }

  sayHealth(health: Health): void {
    this.health = health
    this.tell({ kind: 'health-changed', health })
  }
}
