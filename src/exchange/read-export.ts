import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AnswerphoneError } from '../shared/errors.ts'
import { systemReason } from '../shared/system-reason.ts'
import { exportedMessage } from './exported-message.ts'
import type { Findings, FoundMessage } from './found-message.ts'

/**
 * Reads a folder that `messages export` wrote, or a part of it. What was in the trash is left there. Rejects with
 * AP_FILE_UNUSABLE and AP_IMPORT_NOTHING.
 */
export async function readExport(folder: string): Promise<Findings> {
  const files = await readdir(folder).catch((error: Error) => refuse(folder, systemReason(error)))
  const names = files.filter((file) => file.endsWith('.json')).sort()
  if (names.length === 0) throw new AnswerphoneError('AP_IMPORT_NOTHING', { place: folder })
  const messages: FoundMessage[] = []
  let deleted = 0
  for (const name of names) {
    const { file, state, heardAt, receivedAt, callerNumber, callerName, note, gate, ...ours } = await readOne(
      join(folder, name),
    )
    if (state === 'trash') deleted++
    else
      messages.push({
        name,
        sounds: [join(folder, basename(file))],
        ...{ callerNumber, callerName, receivedAt, state, heardAt, note, ours },
        gate: gate && { ...gate, name: nameIn(folder, gate.name) },
      })
  }
  return { messages, deleted }
}

function nameIn(folder: string, name: { file: string | null; words: string | null } | null) {
  return name?.file ? { sound: join(folder, basename(name.file)), words: name.words } : null
}

async function readOne(path: string) {
  try {
    return exportedMessage.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    return refuse(path, 'it is no message that `answerphone messages export` wrote', error)
  }
}

function refuse(file: string, why: string, cause?: unknown): never {
  throw new AnswerphoneError('AP_FILE_UNUSABLE', { file, why }, { cause })
}
