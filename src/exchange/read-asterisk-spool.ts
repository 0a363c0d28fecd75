import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { AnswerphoneError } from '../shared/errors.ts'
import { systemReason } from '../shared/system-reason.ts'
import type { Findings, FoundMessage } from './found-message.ts'
import { soleBox } from './sole-box.ts'

/** Folders of a mailbox (app_voicemail.c); those that Asterisk lets its owner move messages to are of heard ones. */
const UNHEARD = ['INBOX', 'Urgent']
const HEARD = ['Old', 'Work', 'Family', 'Friends', 'Cust1', 'Cust2', 'Cust3', 'Cust4', 'Cust5']
const DELETED = 'Deleted'
/** spool/CONTEXT/BOX: so deep is a mailbox at most below the folder that is named. */
const DEPTH = 2

/**
 * Reads a mailbox of Asterisk's voicemail: `msgNNNN.txt` with the facts beside `msgNNNN.wav`, `.WAV`, `.gsm` with the
 * sound, in a folder for each kind. Rejects with AP_IMPORT_NOTHING, and AP_IMPORT_SEVERAL where more than one mailbox is
 * below the folder.
 *
 * @param folder the mailbox, or a folder above it
 */
export async function readAsteriskSpool(folder: string): Promise<Findings> {
  const box = soleBox(await boxesBelow(folder, DEPTH), folder)
  const messages: FoundMessage[] = []
  for (const kind of [...UNHEARD, ...HEARD]) messages.push(...(await readKind(box, kind)))
  const deleted = (await readKind(box, DELETED)).length
  messages.sort((one, other) => one.receivedAt - other.receivedAt)
  return { messages, deleted }
}

async function boxesBelow(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw new AnswerphoneError(
      'AP_FILE_UNUSABLE',
      { file: folder, why: systemReason(error) },
      { cause: error },
    )
  })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  if (folders.some((name) => UNHEARD.includes(name) || name === 'Old')) return [folder]
  if (depth === 0) return []
  return (await Promise.all(folders.map((name) => boxesBelow(join(folder, name), depth - 1)))).flat()
}

async function readKind(box: string, kind: string): Promise<FoundMessage[]> {
  const folder = join(box, kind)
  const files = await readdir(folder).catch(() => [])
  // After a loss of power the sound may be there without the facts.
  const names = [...new Set(files.flatMap((file) => /^(msg\d+)\./.exec(file)?.[1] ?? []))].sort()
  return Promise.all(names.map((name) => readMessage(box, kind, name, files)))
}

async function readMessage(
  box: string,
  kind: string,
  name: string,
  files: readonly string[],
): Promise<FoundMessage> {
  const sounds = files
    .filter((file) => file.startsWith(`${name}.`) && !file.endsWith('.txt') && !file.endsWith('.lock'))
    // Plain WAV first: it is as good as any, and needs no converter.
    .sort((one, other) => Number(other.endsWith('.wav')) - Number(one.endsWith('.wav')))
    .map((file) => join(box, kind, file))
  const facts = readFacts(await readFile(join(box, kind, `${name}.txt`), 'utf8').catch(() => ''))
  const seconds = Number(facts.get('origtime'))
  const receivedAt = seconds > 0 ? seconds * 1000 : await changedAt(sounds[0])
  const isNew = UNHEARD.includes(kind)
  return {
    name: relative(box, join(box, kind, name)),
    sounds,
    ...readCallerId(facts.get('callerid') ?? ''),
    receivedAt,
    state: isNew ? 'new' : 'heard',
    heardAt: isNew ? null : receivedAt,
    note: kind === 'INBOX' || kind === 'Old' ? '' : kind,
  }
}

/** `key=value` of an INI file, of whatever section: there is one. */
function readFacts(text: string): Map<string, string> {
  const facts = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf('=')
    if (at > 0 && !line.startsWith(';')) facts.set(line.slice(0, at).trim(), line.slice(at + 1).trim())
  }
  return facts
}

/** `"Ruth" <+4930…>`, a number alone, a name alone, or `Unknown`. */
function readCallerId(text: string): Pick<FoundMessage, 'callerNumber' | 'callerName'> {
  const [, name = '', number = ''] = /^"?([^"<]{0,128})"?\s*(?:<([^>]{0,128})>)?/.exec(text) ?? []
  const known = (word: string) => (/^(unknown|anonymous|)$/i.test(word.trim()) ? null : word.trim())
  if (number === '' && /^[+\d*#]+$/.test(name.trim())) return { callerNumber: name.trim(), callerName: null }
  return { callerNumber: known(number), callerName: known(name) }
}

const changedAt = async (file: string | undefined) =>
  file === undefined ? 0 : Math.round((await stat(file)).mtimeMs)
