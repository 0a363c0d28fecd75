import type {
  AuditEntry,
  BlockedNumber,
  Contact,
  ContactSource,
  Greeting,
  Line,
  Mailbox,
  NumberList,
  Phone,
  Rule,
  Token,
  User,
} from '../../src/api/contract.ts'
import { sampleContacts } from './fake-contacts.ts'
import { sampleLists } from './fake-lists.ts'
import { type FakeMail, sampleMail } from './fake-mail.ts'
import { sampleSources } from './fake-sources.ts'
import { type FakeTelling, sampleTelling } from './fake-telling.ts'

/** What is set up on a fake machine. */
export interface FakeSettings {
  lines: Line[]
  phones: Phone[]
  mailboxes: Omit<Mailbox, 'newMessages' | 'heardMessages' | 'heard'>[]
  greetings: Greeting[]
  users: User[]
  tokens: Token[]
  blocked: BlockedNumber[]
  contacts: Contact[]
  contactSources: ContactSource[]
  numberLists: NumberList[]
  rules: Rule[]
  audit: AuditEntry[]
  mail: FakeMail
  telling: FakeTelling
  history: { keepCallsDays: number | null; keepAuditDays: number | null }
  /** Greetings that were uploaded, by their id. */
  sounds: Map<string, Buffer>
}

const HOUR = 3_600_000
const home = {
  id: 'b1',
  name: 'home',
  greeting: null,
  language: 'en' as const,
  longestSeconds: 180,
  shortestSeconds: 1,
  silenceSeconds: 0,
  afterPickUp: 'keep' as const,
  mailTo: [],
  schedule: [],
  timeZone: 'Europe/Berlin',
  quotaMessages: null,
  quotaMinutes: null,
  whenFull: 'take' as const,
  filledPercent: null,
  keepNewDays: null,
  keepHeardDays: null,
  keepJunkDays: 30,
  keepTrashDays: 30,
  hasPin: false,
  machinesToJunk: true,
}
const homeLine: Line = {
  id: 'l1',
  name: 'home',
  number: null,
  trunk: ['127.0.0.0/8', '::1/128'],
  mailbox: 'home',
  ringSeconds: 18,
  callBack: null,
  callOut: null,
  srtp: 'offered',
  internal: 'ring',
  internalDigits: 0,
  country: 'GB',
  areaCode: null,
  trustVerstat: false,
  tollSaverSeconds: null,
  account: null,
  registration: null,
}
const ada: User = { id: 'u1', name: 'Ada', role: 'owner', createdAt: '2026-01-01T00:00:00.000Z' }

/** A household as it is after some months; `fresh`: as it is after the first start. */
export function sampleSettings(now: number, fresh: boolean): FakeSettings {
  const ago = (ms: number) => new Date(now - ms).toISOString()
  if (fresh)
    return {
      lines: [homeLine],
      mailboxes: [home],
      phones: [],
      greetings: [],
      users: [ada],
      tokens: [],
      blocked: [],
      contacts: [],
      contactSources: [],
      numberLists: [],
      rules: [],
      audit: [],
      mail: { account: null, mails: [], refuses: null },
      telling: {
        targets: [],
        dead: [],
        mqtt: { broker: null, state: 'off', problem: '' },
        quiet: { hours: [] },
      },
      history: { keepCallsDays: null, keepAuditDays: null },
      sounds: new Map(),
    }
  return {
    lines: [
      { ...homeLine, number: '+442079460100', trunk: ['127.0.0.0/8', '::1/128', '192.168.178.1'] },
      {
        id: 'l2',
        name: 'studio',
        number: '+442079460155',
        trunk: ['192.0.2.0/28', '2001:db8:5::7'],
        mailbox: 'studio',
        ringSeconds: 0,
        callBack: 'sip:192.0.2.7:5060',
        callOut: null,
        srtp: 'offered',
        internal: 'ring',
        internalDigits: 0,
        country: 'DE',
        areaCode: '30',
        trustVerstat: false,
        tollSaverSeconds: null,
        account: null,
        registration: null,
      },
    ],
    mailboxes: [
      {
        ...home,
        greeting: 'g1',
        schedule: [
          { kind: 'dates', from: '2027-07-19', to: '2027-08-06', greeting: 'g2', gone: false },
          {
            kind: 'week',
            days: ['mon', 'tue', 'wed', 'thu', 'fri'],
            from: '22:00',
            to: '07:00',
            greeting: null,
            gone: false,
          },
        ],
      },
      {
        ...{ ...home, id: 'b2', name: 'studio', longestSeconds: 600, silenceSeconds: 10 },
        ...{ afterPickUp: 'ask', quotaMessages: 50, filledPercent: 84 },
      },
    ],
    phones: [
      phone('p1', 'kitchen', ['home'], ago, [
        {
          userAgent: 'Yealink SIP-T54W 96.86.0.100',
          address: 'udp 192.168.178.41:5060',
          until: ago(-0.6 * HOUR),
        },
      ]),
      phone('p2', 'ada-mobile', ['home', 'studio'], ago, [
        {
          userAgent: 'LinphoneAndroid/6.0.4',
          address: 'tcp 192.168.178.63:41822',
          until: ago(-0.2 * HOUR),
        },
      ]),
      { ...phone('p3', 'hall-speaker', ['home'], ago, []), speaker: true, speakerGainDb: 6 },
      { ...phone('p4', 'workshop', [], ago, []), hasRegistered: false },
    ],
    greetings: [
      { id: 'g1', name: 'Ada at home', durationMs: 8_300, createdAt: ago(400 * HOUR) },
      { id: 'g2', name: 'Summer holidays', durationMs: 14_900, createdAt: ago(90 * HOUR) },
    ],
    users: [ada, { id: 'u2', name: 'Max', role: 'member', createdAt: ago(2000 * HOUR) }],
    tokens: [
      { id: 't1', name: 'backup', createdAt: ago(3000 * HOUR), lastUsedAt: ago(7 * HOUR) },
      { id: 't2', name: 'home-assistant', createdAt: ago(700 * HOUR), lastUsedAt: null },
    ],
    blocked: [
      { number: '+12025550199', name: 'Prize Draw', at: ago(50 * HOUR), by: 'user:Ada' },
      { number: '+442079460990', name: null, at: ago(900 * HOUR), by: 'phone:kitchen' },
    ],
    contacts: sampleContacts(),
    contactSources: sampleSources(ago),
    numberLists: sampleLists(ago),
    rules: [],
    audit: sampleAudit(ago),
    mail: sampleMail(ago),
    telling: sampleTelling(ago),
    history: { keepCallsDays: 365, keepAuditDays: null },
    sounds: new Map(),
  }
}

const phone = (
  id: string,
  name: string,
  mailboxes: string[],
  ago: (ms: number) => string,
  devices: Phone['devices'],
): Phone => ({
  id,
  name,
  mailboxes,
  speaker: false,
  speakerGainDb: 0,
  srtp: 'offered',
  createdAt: ago(2000 * HOUR),
  hasRegistered: true,
  devices,
})

function sampleAudit(ago: (ms: number) => string): AuditEntry[] {
  const acts = [
    ['user:Ada', 'played', null, 'm001', ''],
    ['phone:kitchen', 'listened-in', 'c000', null, ''],
    ['phone:ada-mobile', 'picked-up', 'c005', null, ''],
    ['user:Max', 'deleted', null, 'm009', ''],
    ['user:Ada', 'blocked', 'n002', null, '+12025550199'],
    ['token:backup', 'played', null, 'm003', ''],
    ['console', 'purged', null, 'm090', ''],
    ['user:Ada', 'answered-now', 'c007', null, ''],
  ] as const
  return Array.from({ length: 64 }, (_, place) => {
    const [who, act, callId, messageId, detail] = acts[place % acts.length] ?? acts[0]
    return { id: `a${place}`, at: ago((place * 1.7 + 0.2) * HOUR), who, act, callId, messageId, detail }
  })
}
