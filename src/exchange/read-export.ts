import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AnswerphoneError } from '../shared/errors.ts'
import { systemReason } from '../shared/system-reason.ts'
import { exportedMessage } from './exported-message.ts'
import type { Findings, FoundMessage } from './found-message.ts'

/**
 * Reads a folder that `messages export` wrote, or a part of it. What was in the trash is left there. Rejects with
 * AP_FILE_UNUSABLE, where nothing of it can be read, and AP_IMPORT_NOTHING.
 */
export async function readExport(folder: string): Promise<Findings> {
  const files = await readdir(folder).catch((error: Error) => refuse(folder, systemReason(error)))
  const names = files.filter((file) => file.endsWith('.json')).sort()
  if (names.length === 0) throw new AnswerphoneError('AP_IMPORT_NOTHING', { place: folder })
  const messages: FoundMessage[] = []
  const unreadable: { name: string; why: string }[] = []
  let deleted = 0
  for (const name of names) {
    const read = await readOne(join(folder, name))
    if (!read) {
      unreadable.push({ name, why: FOREIGN })
      continue
    }
    const { file, state, heardAt, receivedAt, callerNumber, callerName, note, gate, ...ours } = read
    if (state === 'trash') deleted++
    else
      messages.push({
        name,
        sounds: [join(folder, basename(file))],
        ...{ callerNumber, callerName, receivedAt, state, heardAt, note, ours },
        gate: gate && { ...gate, name: nameIn(folder, gate.name) },
      })
  }
  const [first] = unreadable
  if (first && messages.length + deleted === 0) refuse(join(folder, first.name), FOREIGN)
  return { messages, deleted, unreadable }
}

function nameIn(folder: string, name: { file: string | null; words: string | null } | null) {
  return name?.file ? { sound: join(folder, basename(name.file)), words: name.words } : null
}

const FOREIGN = 'it is no message that `answerphone messages export` wrote'

async function readOne(path: string) {
  try {
    return exportedMessage.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

function refuse(file: string, why: string): never {
  throw new AnswerphoneError('AP_FILE_UNUSABLE', { file, why })
}
