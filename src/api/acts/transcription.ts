import type { Mailboxes } from '../../mailbox/mailbox.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Store } from '../../store/store.ts'
import type { Transcript } from '../../store/transcript.ts'
import type { KeptTranscription, TranscriptionSettings } from '../../transcribe/settings.ts'
import type { TranscriptionChange } from '../contract.ts'
import type { AuditTools } from './audit.ts'
import { defined } from './defined.ts'
import { noteChange } from './note-change.ts'

/** What the API and the command line do to the settings of the transcription, alike. Rejects with AP_INPUT_INVALID, AP_SPEECH_MODEL_MISSING and AP_SPEECH_MODEL_UNFIT. */
export async function changeTranscription(
  tools: AuditTools & { readonly keptTranscription: KeptTranscription },
  { serverKey, older, ...change }: TranscriptionChange,
): Promise<void> {
  const { keptTranscription: kept, clock } = tools
  const before = await kept.read()
  const merged: TranscriptionSettings = { ...before, ...defined(change) }
  const named = change.command
    ? 'command'
    : change.serverUrl
      ? 'server'
      : change.speechModel
        ? 'model'
        : undefined
  const by = change.by ?? named ?? before.by
  if (by === 'command' && merged.command === null) throw invalid('Give the command, too.')
  if (by === 'server' && merged.serverUrl === null) throw invalid('Give the address of the server, too.')
  if (by === 'model' && merged.speechModel === null) throw invalid('Give the model, too.')
  if (change.speechModel) await kept.models.locateEar(change.speechModel)
  if (serverKey && merged.serverUrl === null) throw invalid('Give the server that the key is for, too.')
  const isNew = before.by === 'off' && by !== 'off'
  const since = older ? 0 : isNew ? clock.now() : before.since
  // The key first: with the settings comes the word that there is something new.
  if (serverKey !== undefined && merged.serverUrl !== null) await kept.writeKey(merged.serverUrl, serverKey)
  await kept.write({ ...merged, by, since })
  await noteChange(tools, 'settings-changed', 'transcription', {
    before: { ...before, since },
    after: { ...merged, by, since, ...(serverKey !== undefined && { serverKey: 'given' }) },
  })
}

/** Has a message written down, anew where it was already. Rejects with AP_NOT_FOUND and AP_TRANSCRIPTION_OFF. */
export async function transcribeMessage(
  {
    store,
    mailboxes,
    keptTranscription,
    clock,
  }: {
    readonly store: Pick<Store, 'transcripts'>
    readonly mailboxes: Pick<Mailboxes, 'get'>
    readonly keptTranscription: KeptTranscription
    readonly clock: Clock
  },
  id: string,
): Promise<Transcript> {
  await mailboxes.get(id)
  if ((await keptTranscription.read()).by === 'off') throw new AnswerphoneError('AP_TRANSCRIPTION_OFF')
  const transcript = await store.transcripts.again(id, clock.now())
  if (!transcript) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'message', id })
  return transcript
}

const invalid = (what: string) => new AnswerphoneError('AP_INPUT_INVALID', { what })
