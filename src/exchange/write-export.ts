import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { audioFileName } from '../mailbox/audio-file-name.ts'
import type { Mailboxes } from '../mailbox/mailbox.ts'
import { copyPrivately } from '../shared/copy-privately.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { makeFolder } from '../shared/make-folder.ts'
import type { CallGate, Message } from '../store/model.ts'
import type { Store } from '../store/store.ts'

export interface ExportOrder<Shown extends object> {
  readonly folder: string
  readonly format: 'wav' | 'mp3' | 'opus'
  /** The message as its JSON file tells it: as the API shows it. */
  readonly show: (message: Message) => Shown
}

interface ExportTools {
  readonly store: { readonly calls: Pick<Store['calls'], 'get'> }
  readonly mailboxes: Pick<Mailboxes, 'audioFile' | 'encodedAudio' | 'nameFile'>
}

/**
 * Writes messages into a folder, each as a recording and a JSON file of the same name, and beside them the name that was said
 * before it, where one was. Said again, it writes the same files again. Rejects with AP_RECORDING_*, and as the file
 * system does.
 */
export async function writeExport<Shown extends object>(
  messages: readonly Message[],
  { folder, format, show }: ExportOrder<Shown>,
  { store, mailboxes }: ExportTools,
): Promise<void> {
  await makeFolder(folder)
  for (const message of messages) {
    const file = fileName(message, format)
    if (format === 'wav') await copyPrivately(await mailboxes.audioFile(message.id), join(folder, file))
    else {
      await using encoded = await mailboxes.encodedAudio(message.id, format)
      await copyPrivately(encoded.path, join(folder, file))
    }
    const stem = join(folder, file.replace(/\.[^.]+$/, ''))
    const gate = await writeGate(await store.calls.get(message.callId), `${stem} name.wav`, mailboxes)
    const facts = `${JSON.stringify({ ...show(message), file, gate }, null, 2)}\n`
    await writeFile(`${stem}.json`, facts, { mode: 0o600 })
  }
}

/** A name is short, and stays WAV. One that is gone is no reason to keep back the message. */
async function writeGate(
  call: { readonly id: string; readonly gate: CallGate | null } | undefined,
  path: string,
  mailboxes: Pick<Mailboxes, 'nameFile'>,
) {
  if (!call?.gate) return null
  const { kind, went, name } = call.gate
  if (!name) return { kind, went, name }
  const { durationMs, words } = name
  try {
    await copyPrivately(await mailboxes.nameFile(call.id), path)
    return { kind, went, name: { file: basename(path), durationMs, words } }
  } catch (error) {
    if (!(error instanceof AnswerphoneError) || error.code !== 'AP_RECORDING_MISSING') throw error
    return { kind, went, name: { file: null, durationMs, words } }
  }
}

/** `2026-11-26 0815 Ruth 8k2m4x.wav`: the end of the id tells two of the same minute apart. */
function fileName(message: Message, format: string): string {
  return audioFileName(message, format).replace(/\.[^.]+$/, ` ${message.id.slice(-6)}.${format}`)
}
