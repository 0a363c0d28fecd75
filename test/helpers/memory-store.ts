import { NO_NUMBERS, type NumberSet } from '../../src/lists/number-set.ts'
import { packNumbers } from '../../src/lists/pack-numbers.ts'
import type { MachineOptions } from '../../src/machine/create-machine.ts'
import { hashCredentials } from '../../src/shared/credentials.ts'
import type { AuditEntry } from '../../src/store/audit-entry.ts'
import type {
  BlockedNumber,
  CallDetails,
  Contact,
  Line,
  Mailbox,
  MessageState,
  NumberList,
  Phone,
  PhoneBinding,
  Registration,
  Rule,
} from '../../src/store/model.ts'
import { DEFAULT_REALM } from '../../src/store/realm.ts'
import type { Store } from '../../src/store/store.ts'
import type { Switches } from '../../src/store/switches.ts'
import { LINE_UNLESS_TOLD } from '../../src/store/tables/lines.ts'
import type { TraceRow } from '../../src/store/trace.ts'

/** What is set up in a house. */
export interface HouseSettings {
  readonly line?: Partial<Line>
  /** Several lines, each completed from `line`. */
  readonly lines?: readonly Partial<Line>[]
  readonly mailbox?: Partial<Mailbox>
  readonly switches?: Switches
  readonly contacts?: readonly Contact[]
  readonly rules?: readonly Rule[]
  /** Block lists, by their id. */
  readonly lists?: Readonly<Record<string, NumberSet>>
  /** Calls from before. */
  readonly earlier?: readonly CallDetails[]
  /** Numbers whose calls are refused. */
  readonly blocked?: readonly string[]
  /** Phones of the mailbox; a phone's password is its name if none is given. */
  readonly phones?: readonly (Partial<Phone> & { readonly name: string; readonly password?: string })[]
}

/** What a house has written down. */
export interface HouseRows {
  readonly calls: Map<string, CallDetails>
  readonly audit: Omit<AuditEntry, 'id'>[]
  readonly blocked: BlockedNumber[]
  readonly contacts: Contact[]
  readonly rules: Rule[]
  readonly bindings: PhoneBinding[]
  readonly registrations: Map<string, Registration>
  readonly traces: Map<string, TraceRow>
  /** Messages by mailbox and state. */
  readonly counts: { mailboxId: string; state: MessageState; count: number }[]
  /** What the line and the mailbox have now, over their defaults. */
  readonly settings: { line: Partial<Line>; mailbox: Partial<Mailbox>; switches?: Switches }
  /** Who follows changes. */
  readonly listeners: Set<(tables: ReadonlySet<string>) => void>
}

/** The part of the store that the machine needs, in memory. Anything else that is asked of it throws. */
export function memoryStore(
  settings: HouseSettings,
  rows: HouseRows,
  /** Throws what the next write shall fail with. */
  fail: () => void,
): MachineOptions['store'] {
  const mailbox = (): Mailbox => ({
    id: 'box',
    name: 'home',
    greetingId: null,
    language: 'en',
    longestSeconds: 60,
    shortestSeconds: 1,
    silenceSeconds: 0,
    afterPickUp: 'keep',
    mailTo: [],
    pinHash: null,
    machinesToJunk: true,
    schedule: [],
    timeZone: null,
    quotaMessages: null,
    quotaMinutes: null,
    whenFull: 'take',
    keepNewDays: null,
    keepHeardDays: null,
    keepJunkDays: 30,
    keepTrashDays: 30,
    ...rows.settings.mailbox,
  })
  const line = (): Line => ({
    id: 'line',
    name: 'home',
    number: null,
    trunk: [],
    mailboxId: 'box',
    ringSeconds: 18,
    callBack: null,
    ...LINE_UNLESS_TOLD,
    ...rows.settings.line,
  })
  const phones = (settings.phones ?? []).map(({ password: _, ...phone }): Phone => {
    const fields = {
      mailboxIds: ['box'],
      speaker: false,
      speakerGainDb: 0,
      srtp: 'offered' as const,
      createdAt: 0,
      hasRegistered: false,
    }
    return { id: `phone-${phone.name}`, ...fields, ...phone }
  })
  const findBinding = (phoneId: string, contact: string) =>
    rows.bindings.findIndex((row) => row.phoneId === phoneId && row.contact === contact)

  return {
    lines: partly('lines', {
      list: async () => (settings.lines ?? [{}]).map((each) => ({ ...line(), ...each })),
    }),
    registrations: partly('registrations', {
      list: async () => [...rows.registrations.values()],
      async put(registration) {
        fail()
        rows.registrations.set(registration.lineId, registration)
      },
    }),
    mailboxes: partly('mailboxes', { list: async () => [mailbox()] }),
    pinTries: { list: async () => [], put: async () => undefined, remove: async () => undefined },
    greetings: partly('greetings', { list: async () => [] }),
    rules: partly('rules', { list: async () => [...rows.rules] }),
    numberLists: partly('numberLists', {
      list: async () =>
        Object.keys(settings.lists ?? {}).map((id) => ({ id, revision: 0 }) as unknown as NumberList),
      numbers: async (id) => packNumbers(settings.lists?.[id] ?? NO_NUMBERS),
    }),
    messages: partly('messages', {
      counts: async () => [...rows.counts],
      held: async () =>
        rows.counts
          .filter(({ state }) => state === 'new' || state === 'heard')
          .map(({ mailboxId, count }) => ({ mailboxId, messages: count, ms: 0 })),
    }),
    calls: partly('calls', {
      async add(call) {
        fail()
        rows.calls.set(call.id, { ruleId: null, ruleName: null, encrypted: null, gate: null, ...call })
      },
      list: async () => ({
        rows: [...rows.calls.values()].toSorted((a, b) => b.arrivedAt - a.arrivedAt),
        nextCursor: null,
      }),
      async end(id, end) {
        fail()
        const row = rows.calls.get(id)
        if (row) rows.calls.set(id, { ...row, ...end })
      },
      async attest(id, attestation) {
        fail()
        const row = rows.calls.get(id)
        if (row) rows.calls.set(id, { ...row, attestation })
      },
      async gateOver(id, went) {
        fail()
        const row = rows.calls.get(id)
        if (row?.gate) rows.calls.set(id, { ...row, gate: { ...row.gate, went } })
      },
    }),
    traces: partly('traces', { add: async (trace) => void rows.traces.set(trace.id, trace) }),
    phones: partly('phones', {
      list: async () => phones,
      get: async (key) => phones.find(({ id, name }) => id === key || name === key),
      credentials: async () =>
        (settings.phones ?? []).map(({ name, password = name }) => ({
          name,
          credentials: hashCredentials(name, DEFAULT_REALM, password),
        })),
    }),
    bindings: {
      list: async () => [...rows.bindings],
      async put(binding) {
        fail()
        const known = findBinding(binding.phoneId, binding.contact)
        if (known < 0) rows.bindings.push(binding)
        else rows.bindings[known] = binding
      },
      async remove(phoneId, contact) {
        const known = findBinding(phoneId, contact)
        if (known >= 0) rows.bindings.splice(known, 1)
      },
      async removeExpired(at) {
        const left = rows.bindings.filter(({ expiresAt }) => expiresAt > at)
        rows.bindings.splice(0, rows.bindings.length, ...left)
      },
    },
    audit: partly('audit', {
      async add(entry) {
        fail()
        rows.audit.push(entry)
      },
    }),
    blocked: partly('blocked', {
      list: async () => [...rows.blocked],
      async add(blocked) {
        fail()
        rows.blocked.push(blocked)
      },
    }),
    contacts: partly('contacts', { list: async () => [...rows.contacts] }),
    // Whoever asks is logged in: the hash of a session is the name of its user.
    sessions: partly('sessions', {
      byHash: async (hash) => ({ userId: hash, createdAt: 0, expiresAt: Number.MAX_SAFE_INTEGER }),
    }),
    users: partly('users', {
      get: async (name) => ({ id: name, name, role: 'member', createdAt: 0 }),
    }),
    settings: {
      get: async (key) =>
        key === 'switches' && rows.settings.switches ? JSON.stringify(rows.settings.switches) : null,
      async set(key, value) {
        fail()
        if (key === 'switches') rows.settings.switches = JSON.parse(value)
      },
    },
    onChange(listener) {
      rows.listeners.add(listener)
      return () => void rows.listeners.delete(listener)
    },
    check: async () => undefined,
  }
}

/** A table of which nothing may be asked but this. */
function partly<Name extends keyof Store>(name: Name, methods: Partial<Store[Name]>): Store[Name] {
  return new Proxy(methods as Store[Name], {
    get: (target, method) =>
      Reflect.get(target, method) ??
      (() => {
        throw new Error(`${name}.${String(method)} is not part of the double`)
      }),
  })
}
