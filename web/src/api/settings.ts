import type {
  About,
  AppLink,
  AppPlace,
  AuditPage,
  BlockedNumber,
  Diagnosis,
  Finding,
  Greeting,
  HistoryRetentionChange,
  House,
  HouseChange,
  Line,
  LineChange,
  LineInput,
  LinePreset,
  Mailbox,
  MailboxChange,
  MailboxInput,
  NewToken,
  Phone,
  PhoneChange,
  PhoneInput,
  Retention,
  Retired,
  SetUpPhone,
  SoundTestInput,
  Storage,
  Token,
  User,
  UserChange,
  UserInput,
  VoiceChange,
  VoiceSettings,
} from '../../../src/api/contract.ts'
import { request } from './request.ts'

/** What is set up on the machine: a list of things, each reached by its id or name. */
const at = (collection: string, key: string) => `/${collection}/${encodeURIComponent(key)}`

export const readDiagnosis = () => request<Diagnosis>('GET', '/doctor')
/** Calls the number through the line. It takes up to a minute. */
export const testSound = (line: string, number: string) =>
  request<Finding>('POST', `${at('lines', line)}/sound-test`, { number } satisfies SoundTestInput)

export const readAbout = () => request<About>('GET', '/about')

export const listLines = () => request<Line[]>('GET', '/lines')
export const listPresets = () => request<LinePreset[]>('GET', '/line-presets')
export const addLine = (input: LineInput) => request<Line>('POST', '/lines', input)
export const changeLine = (id: string, change: LineChange) => request<Line>('PATCH', at('lines', id), change)
export const removeLine = (id: string) => request<unknown>('DELETE', at('lines', id))

export const readHouse = () => request<House>('GET', '/house')
export const changeHouse = (change: HouseChange) => request<House>('PATCH', '/house', change)

export const listPhones = () => request<Phone[]>('GET', '/phones')
export const addPhone = (input: PhoneInput) => request<SetUpPhone>('POST', '/phones', input)
export const changePhone = (id: string, change: PhoneChange) =>
  request<SetUpPhone>('PATCH', at('phones', id), change)
export const makeAppLink = (id: string, appPlace: AppPlace) =>
  request<AppLink>('POST', `${at('phones', id)}/app-link`, appPlace)
export const removePhone = (id: string) => request<unknown>('DELETE', at('phones', id))

export const addMailbox = (input: MailboxInput) => request<Mailbox>('POST', '/mailboxes', input)
export const changeMailbox = (id: string, change: MailboxChange) =>
  request<Mailbox>('PATCH', at('mailboxes', id), change)
export const removeMailbox = (id: string) => request<unknown>('DELETE', at('mailboxes', id))

export const readStorage = () => request<Storage>('GET', '/storage')
export const changeStorage = (change: HistoryRetentionChange) => request<Storage>('PATCH', '/storage', change)
/** How many messages a mailbox would put away, if it kept them so. */
export function countRetired(id: string, retention: Retention): Promise<Retired> {
  const asked = Object.entries(retention).map(([field, days]) => [field, String(days ?? 'never')])
  return request<Retired>('GET', `${at('mailboxes', id)}/retired?${new URLSearchParams(asked)}`)
}

export const listGreetings = () => request<Greeting[]>('GET', '/greetings')
/** @param sound a WAV file */
export const addGreeting = (name: string, sound: Blob) =>
  request<Greeting>('POST', `/greetings?${new URLSearchParams({ name })}`, sound)
export const removeGreeting = (id: string) => request<unknown>('DELETE', at('greetings', id))
/** A text, read aloud by the machine's voice, as WAV. */
export const speakText = (text: string, language: Mailbox['language']) =>
  request<Blob>('POST', '/spoken-text', { text, language })

export const readVoice = () => request<VoiceSettings>('GET', '/voice')
export const changeVoice = (change: VoiceChange) => request<VoiceSettings>('PATCH', '/voice', change)

/** Where a greeting is heard; null is the one that came with the machine, in this language. */
export const greetingUrl = (id: string | null, language: Mailbox['language']) =>
  id === null ? `/api/v1/shipped-greeting/audio?language=${language}` : `/api/v1${at('greetings', id)}/audio`

export const listUsers = () => request<User[]>('GET', '/users')
export const addUser = (input: UserInput) => request<User>('POST', '/users', input)
export const changeUser = (id: string, change: UserChange) => request<User>('PATCH', at('users', id), change)
export const removeUser = (id: string) => request<unknown>('DELETE', at('users', id))

export const listTokens = () => request<Token[]>('GET', '/tokens')
export const addToken = (name: string) => request<NewToken>('POST', '/tokens', { name })
export const removeToken = (id: string) => request<unknown>('DELETE', at('tokens', id))

export const listBlocked = () => request<BlockedNumber[]>('GET', '/blocked')

/** One page of what people did, the newest first. */
export function listAudit(cursor: string | null): Promise<AuditPage> {
  const search = new URLSearchParams(cursor === null ? {} : { cursor })
  return request<AuditPage>('GET', `/audit?${search}`)
}
