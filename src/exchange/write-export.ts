import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { audioFileName } from '../mailbox/audio-file-name.ts'
import type { Mailboxes } from '../mailbox/mailbox.ts'
import { makeFolder } from '../shared/make-folder.ts'
import type { Message } from '../store/model.ts'

export interface ExportOrder<Shown extends object> {
  readonly folder: string
  readonly format: 'wav' | 'mp3' | 'opus'
  /** The message as its JSON file tells it: as the API shows it. */
  readonly show: (message: Message) => Shown
}

/**
 * Writes messages into a folder, each as a recording and a JSON file of the same name. Said again, it writes the same files
 * again. Rejects with AP_RECORDING_*, and as the file system does.
 */
export async function writeExport<Shown extends object>(
  messages: readonly Message[],
  { folder, format, show }: ExportOrder<Shown>,
  mailboxes: Pick<Mailboxes, 'audioFile' | 'encodedAudio'>,
): Promise<void> {
  await makeFolder(folder)
  for (const message of messages) {
    const file = fileName(message, format)
    if (format === 'wav') await copyFile(await mailboxes.audioFile(message.id), join(folder, file))
    else {
      await using encoded = await mailboxes.encodedAudio(message.id, format)
      await copyFile(encoded.path, join(folder, file))
    }
    const facts = `${JSON.stringify({ ...show(message), file }, null, 2)}\n`
    await writeFile(join(folder, file.replace(/\.[^.]+$/, '.json')), facts, { mode: 0o600 })
  }
}

/** `2026-11-26 0815 Ruth 8k2m4x.wav`: the end of the id tells two of the same minute apart. */
function fileName(message: Message, format: string): string {
  return audioFileName(message, format).replace(/\.[^.]+$/, ` ${message.id.slice(-6)}.${format}`)
}
