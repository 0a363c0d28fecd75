import type { Line, LineChange, LineInput } from '../../../src/api/contract.ts'
import { type AccountDraft, accountInput, noAccount } from './presets/account-draft.ts'

/** A line as its form holds it: all of it text, but for the slide control. */
export interface LineFields extends AccountDraft {
  readonly name: string
  readonly number: string
  readonly trunk: readonly string[]
  readonly ringSeconds: number
  readonly tollSaverSeconds: number | null
  /** Its name; empty: one of the line's own name. */
  readonly mailbox: string
  readonly callBack: string
  /** Phones may call out by its account. */
  readonly callsOut: boolean
  /** By name; none: all of its mailbox. */
  readonly outPhones: readonly string[]
  readonly outAtOnce: number
  readonly outPerHour: number
  readonly srtp: Line['srtp']
  /** Empty: not known. */
  readonly country: string
  readonly areaCode: string
  readonly trustVerstat: boolean
  readonly internal: Line['internal']
  readonly internalDigits: number
}

export const newLine: LineFields = {
  name: '',
  number: '',
  trunk: [''],
  ringSeconds: 18,
  tollSaverSeconds: null,
  mailbox: '',
  callBack: '',
  callsOut: false,
  outPhones: [],
  outAtOnce: 4,
  outPerHour: 30,
  srtp: 'offered',
  country: '',
  areaCode: '',
  trustVerstat: false,
  internal: 'ring',
  internalDigits: 0,
  ...noAccount,
}

export const lineFields = ({
  name,
  number,
  trunk,
  ringSeconds,
  tollSaverSeconds,
  mailbox,
  callBack,
  callOut,
  srtp,
  country,
  areaCode,
  trustVerstat,
  internal,
  internalDigits,
  account,
}: Line): LineFields => ({
  name,
  number: number ?? '',
  trunk,
  ringSeconds,
  tollSaverSeconds,
  mailbox,
  callBack: callBack ?? '',
  callsOut: callOut !== null,
  outPhones: callOut?.phones ?? [],
  outAtOnce: callOut?.atOnce ?? newLine.outAtOnce,
  outPerHour: callOut?.perHour ?? newLine.outPerHour,
  srtp,
  country: country ?? '',
  areaCode: areaCode ?? '',
  trustVerstat,
  internal,
  internalDigits,
  registrar: account?.registrar ?? '',
  user: account?.user ?? '',
  authUser: account?.authUser ?? '',
  password: '',
  expirySeconds: null,
})

export function lineInput(fields: LineFields): LineInput {
  const { mailbox } = fields
  return {
    name: fields.name.trim(),
    number: textOrNull(fields.number),
    trunk: cleanTrunk(fields.trunk),
    ringSeconds: fields.ringSeconds,
    tollSaverSeconds: fields.tollSaverSeconds,
    ...(mailbox === '' ? {} : { mailbox }),
    callBack: textOrNull(fields.callBack),
    callOut: fields.callsOut
      ? {
          phones: fields.outPhones.length > 0 ? [...fields.outPhones] : null,
          atOnce: fields.outAtOnce,
          perHour: fields.outPerHour,
        }
      : null,
    srtp: fields.srtp,
    country: textOrNull(fields.country),
    areaCode: textOrNull(fields.areaCode),
    trustVerstat: fields.trustVerstat,
    internal: fields.internal,
    internalDigits: fields.internalDigits,
    account: accountInput(fields),
  }
}

/** What is to be changed, and nothing else. */
export function lineChange(fields: LineFields, changed: readonly (keyof LineFields)[]): LineChange {
  const parts = new Set<string>(changed.map(partOf))
  const all = Object.entries(lineInput(fields)).filter(([name]) => parts.has(name))
  return Object.fromEntries(all) as LineChange
}

const OUT: readonly string[] = ['callsOut', 'outPhones', 'outAtOnce', 'outPerHour']
const partOf = (field: string) => (field in noAccount ? 'account' : OUT.includes(field) ? 'callOut' : field)

const cleanTrunk = (trunk: readonly string[]) =>
  trunk.map((entry) => entry.trim()).filter((entry) => entry !== '')

const textOrNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** A telephone rings once in five seconds in some countries, in six in others. */
const RING_CYCLE_SECONDS = 6
export const ringsIn = (seconds: number) => Math.max(1, Math.round(seconds / RING_CYCLE_SECONDS))
