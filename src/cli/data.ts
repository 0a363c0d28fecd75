import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { mailAccountsOf } from '../config/mail-accounts.ts'
import { createMailboxes } from '../mailbox/create-mailboxes.ts'
import { createGreetings, type Greetings } from '../mailbox/greetings.ts'
import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { MailAccounts } from '../notify/mail/account.ts'
import { type SendMail, sendMail } from '../notify/mail/send-mail.ts'
import { type Clock, systemClock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { idMaker, type MakeId } from '../shared/ids.ts'
import { type Log, silentLog } from '../shared/log.ts'
import { makeFolder } from '../shared/make-folder.ts'
import { type Random, systemRandom } from '../shared/random.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { type KeptTranscription, keepTranscription } from '../transcribe/settings.ts'
import { type KeptVoice, keepVoice } from '../voice/settings.ts'
import { stayAlive } from './stay-alive.ts'

/** The data directory, opened by a command, while the machine runs on it or not. */
export interface Data {
  /** The data directory itself. */
  readonly dataDir: string
  readonly store: Store
  readonly mailboxes: Mailboxes
  readonly greetings: Greetings
  readonly mail: { readonly accounts: MailAccounts; readonly send: SendMail }
  readonly keptTranscription: KeptTranscription
  readonly keptVoice: KeptVoice
  readonly makeId: MakeId
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** As the audit names whoever types commands. */
  readonly who: 'console'
}

/**
 * Runs a command on the data directory that `--data` names.
 *
 * @param options.create makes the directory where it is missing: for commands that add something
 */
export async function withData<Result>(
  command: Command,
  run: (data: Data) => Promise<Result>,
  options: { readonly create?: boolean } = {},
): Promise<Result> {
  using _alive = stayAlive()
  const { data: folder } = command.optsWithGlobals<{ readonly data: string }>()
  const file = join(folder, 'answerphone.db')
  if (!existsSync(file)) {
    if (!options.create) throw new AnswerphoneError('AP_DATA_MISSING', { data: folder })
    await makeFolder(folder).catch((error: Error) => {
      throw new AnswerphoneError('AP_DATA_UNUSABLE', { data: folder, why: error.message }, { cause: error })
    })
  }
  const clock = systemClock
  const random = systemRandom
  const makeId = idMaker(clock, random)
  const log = silentLog
  const store = await openSqliteStore({ file, clock, makeId, log })
  const mailboxes = createMailboxes({
    store,
    recordings: { dir: join(folder, 'recordings') },
    // The running machine writes recordings; here they are there, or not yet.
    media: { whenSaved: async () => {}, releaseTake: () => {} },
    clock,
    log,
  })
  const greetings = createGreetings({ store: store.greetings, dir: join(folder, 'greetings'), clock, makeId })
  const mail = { accounts: mailAccountsOf(folder, process.env), send: sendMail }
  const keptTranscription = keepTranscription(store, folder)
  try {
    return await run({
      dataDir: folder,
      store,
      mailboxes,
      greetings,
      mail,
      keptTranscription,
      keptVoice: keepVoice(store, keptTranscription.models),
      makeId,
      clock,
      random,
      log,
      who: 'console',
    })
  } finally {
    await mailboxes.settle()
    await store.close()
  }
}
