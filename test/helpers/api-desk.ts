import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashSecret, makeSecret } from '../../src/api/auth/secret.ts'
import { type Api, type ApiOptions, createApi } from '../../src/api/create-api.ts'
import type { LevelWatcher } from '../../src/machine/levels.ts'
import { openListBook } from '../../src/machine/list-book.ts'
import type { ActResult, Health, LiveCall, Machine, MachineEvent } from '../../src/machine/machine.ts'
import { openRuleBook, type RuleBook } from '../../src/machine/rule-book.ts'
import type { SoundResult } from '../../src/machine/sound-test.ts'
import { createTestCalls } from '../../src/machine/test-calls.ts'
import { createMailboxes } from '../../src/mailbox/create-mailboxes.ts'
import { createGreetings } from '../../src/mailbox/greetings.ts'
import type { Mailboxes } from '../../src/mailbox/mailbox.ts'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { mailAccountIn } from '../../src/notify/mail/account.ts'
import type { SendMail } from '../../src/notify/mail/send-mail.ts'
import { idMaker } from '../../src/shared/ids.ts'
import { silentLog } from '../../src/shared/log.ts'
import { createPasswords, type Passwords } from '../../src/shared/passwords.ts'
import type { Message } from '../../src/store/model.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import type { Store } from '../../src/store/store.ts'
import { keepTranscription } from '../../src/transcribe/settings.ts'
import { openHouseVoice } from '../../src/voice/house-voice.ts'
import { keepVoice } from '../../src/voice/settings.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type ScriptedLists, scriptedLists } from './scripted-lists.ts'
import { seededRandom } from './seeded-random.ts'

/** A machine that does what the test tells it. */
export interface ScriptedMachine extends Machine {
  lendPhone: Machine['lendPhone']
  contactOf: Machine['contactOf']
  live: LiveCall[]
  now: Health
  /** Acts that were asked for, with who asked. */
  readonly acts: string[]
  /** What an act on a call that goes on comes to; default done. */
  result: ActResult
  /** What calls come to that are made to hear oneself, and who was called. */
  sound: SoundResult
  readonly called: string[]
  tell(event: MachineEvent): void
  /** Who watches the levels of which call. */
  readonly levels: Map<string, Set<LevelWatcher>>
}

/** The API over a real database in a temporary folder, a scripted machine and a fake clock; without a port. */
export interface ApiDesk extends AsyncDisposable {
  readonly api: Api
  readonly store: Store
  readonly mailboxes: Mailboxes
  readonly machine: ScriptedMachine
  readonly lists: ScriptedLists
  readonly clock: FakeClock
  readonly folder: string
  /** Headers of a script: a bearer token. */
  readonly asToken: { readonly authorization: string }
  /** Headers of a logged-in browser; makes the user `name` with PASSWORD. */
  logIn(
    name: string,
    role?: 'owner' | 'member',
  ): Promise<{ readonly cookie: string; readonly 'x-csrf-token': string }>
  /** Puts a message with its recording into the mailbox `home`. */
  leaveMessage(fields?: Partial<Message>): Promise<Message>
}

export const PASSWORD = 'correct horse battery'

/** Hashes that cost next to nothing. */
export const weakPasswords = (): Passwords => createPasswords(seededRandom(7), { ln: 4, r: 1, p: 1 })

export async function openApiDesk(
  options: Partial<ApiOptions> = {},
  send: SendMail = sendNothing,
): Promise<ApiDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'answerphone-api-'))
  const dirs = {
    recordings: join(folder, 'recordings'),
    greetings: join(folder, 'greetings'),
    web: join(folder, 'web'),
  }
  for (const dir of Object.values(dirs)) mkdirSync(dir)
  mkdirSync(join(dirs.web, 'assets'))
  writeFileSync(join(dirs.web, 'index.html'), '<!doctype html><title>Answerphone</title>')
  writeFileSync(join(dirs.web, 'assets/page-1a2b.js'), 'export {}')
  const clock = fakeClock()
  const random = seededRandom(3)
  const makeId = idMaker(clock, random)
  const log = silentLog
  const store = await openSqliteStore({ file: join(folder, 'answerphone.db'), clock, makeId, log })
  const mailbox = await store.mailboxes.add({
    name: 'home',
    greetingId: null,
    longestSeconds: 180,
    shortestSeconds: 1,
    silenceSeconds: 0,
    afterPickUp: 'keep',
  })
  const line = await store.lines.add({
    name: 'home',
    number: null,
    trunk: ['127.0.0.0/8'],
    mailboxId: mailbox.id,
    ringSeconds: 18,
    callBack: null,
  })
  const listBook = await openListBook(store, log)
  const rules = await openRuleBook({
    store,
    contacts: { contactOf: () => null, isFavourite: () => false },
    blocked: { has: () => false },
    lists: listBook,
    now: clock.now(),
    log,
  })
  const machine = scriptedMachine(store, rules, clock)
  const mailboxes = createMailboxes({
    store,
    recordings: { dir: dirs.recordings },
    media: { whenSaved: async () => {}, releaseTake: () => {} },
    clock,
    log,
  })
  const lists = scriptedLists({ store, clock, random })
  const passwords = weakPasswords()
  const keptTranscription = keepTranscription(store, folder)
  const keptVoice = keepVoice(store, keptTranscription.models)
  const api = await createApi({
    store,
    mailboxes,
    greetings: createGreetings({ store: store.greetings, dir: dirs.greetings, clock, makeId }),
    voice: openHouseVoice({ command: undefined, kept: keptVoice, clock }),
    keptVoice,
    machine,
    lists,
    carriers: [],
    mqttStanding: () => ({ state: 'off', problem: '' }),
    doctor: { examine: async () => [], rtpPorts: { from: 20_000, to: 24_999 } },
    keptTranscription,
    mail: { accounts: mailAccountIn(join(folder, 'secrets', 'mail.json')), send },
    makeId,
    clock,
    random,
    log,
    webDir: dirs.web,
    passwords,
    ...options,
  })
  // Straight into the store, as its user below: what the audit says is of the test alone.
  const secret = `ap_${makeSecret(random)}`
  const token = { id: makeId(), name: 'script', createdAt: clock.now(), lastUsedAt: null }
  await store.tokens.add(token, hashSecret(secret))

  return {
    api,
    store,
    mailboxes,
    machine,
    lists,
    clock,
    folder,
    asToken: { authorization: `Bearer ${secret}` },
    async logIn(name, role = 'owner') {
      const user = { id: makeId(), name, role, createdAt: clock.now() }
      await store.users.add(user, await passwords.hash(PASSWORD))
      const answer = await api.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload: { name, password: PASSWORD },
      })
      const [cookie] = answer.cookies
      return { cookie: `${cookie?.name}=${cookie?.value}`, 'x-csrf-token': answer.json().csrfToken }
    },
    async leaveMessage(fields = {}) {
      const id = makeId()
      const message: Message = {
        id,
        callId: makeId(),
        mailboxId: mailbox.id,
        lineId: line.id,
        callerNumber: '+4930123456',
        callerE164: null,
        callerName: 'Grace',
        receivedAt: clock.now(),
        durationMs: 1000,
        state: 'new',
        stateBeforeTrash: null,
        trashedAt: null,
        heardAt: null,
        cutOff: false,
        file: `${id}.wav`,
        note: '',
        pickedUp: null,
        kind: 'message',
        forwardedBy: null,
        junkReason: null,
        ...fields,
      }
      writeFileSync(join(dirs.recordings, message.file), writeWav(new Int16Array(8000), 8000))
      await store.messages.add(message)
      return message
    },
    async [Symbol.asyncDispose]() {
      await api.close()
      rules.close()
      listBook.close()
      await mailboxes.settle()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A mail server that takes everything. */
const sendNothing: SendMail = async () => '250 taken'

function scriptedMachine(store: Pick<Store, 'sessions'>, rules: RuleBook, clock: FakeClock): ScriptedMachine {
  const watchers = new Set<(event: MachineEvent) => void>()
  const machine: ScriptedMachine = {
    live: [],
    rules,
    contactOf: () => null,
    now: { problems: [], draining: false },
    fills: () => [],
    acts: [],
    tell(event) {
      for (const watcher of watchers) watcher(event)
    },
    liveCalls: () => machine.live,
    traceOf: () => undefined,
    result: 'done',
    sound: { kind: 'no-way' },
    called: [],
    async testSound(_line, number) {
      machine.called.push(number)
      return machine.sound
    },
    async act(callId, act, by, detail) {
      machine.acts.push([act, callId, by, ...Object.values(detail ?? {})].join(' '))
      return machine.live.some(({ id }) => id === callId) ? machine.result : 'over'
    },
    lendPhone: async ({ user, hash }) => {
      if ((await store.sessions.byHash(hash)) === undefined) return undefined
      const phone = `page-${user.name}`
      return { phone, login: `${phone}~1`, password: 'a secret', realm: 'house', expiresAt: 0 }
    },
    levels: new Map(),
    nameWritten() {},
    watchLevels(callId, watcher) {
      if (!machine.live.some(({ id, phase }) => id === callId && phase === 'recording')) return undefined
      const watchers = machine.levels.get(callId) ?? new Set()
      machine.levels.set(callId, watchers.add(watcher))
      return () => void watchers.delete(watcher)
    },
    testCalls: createTestCalls({ clock, random: seededRandom(5) }),
    health: () => machine.now,
    switches: () => ({ machineOn: true, doNotDisturb: null }),
    watch(onEvent) {
      watchers.add(onEvent)
      return () => void watchers.delete(onEvent)
    },
    drain: async () => {},
    close: async () => {},
  }
  return machine
}
