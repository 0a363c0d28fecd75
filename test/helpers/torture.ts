import { existsSync, readFileSync } from 'node:fs'
import { parseMessage } from '../../src/sip/message/parse.ts'
import { validateRequest, validateResponse } from '../../src/sip/message/validate.ts'

/** A row of an expectations.tsv, by the names in its first line. */
export type Row = Readonly<Record<string, string>>

/** Reads a table of tab-separated values; empty when the file is not there. */
export function readTable(path: URL): Row[] {
  if (!existsSync(path)) return []
  const [header = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n')
  const names = header.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']))
  })
}

/** What reading and validation alone make of a datagram: `ok`, `drop`, or the status of the refusal. */
export function judge(bytes: Buffer): string {
  const parsed = parseMessage(bytes, 'datagram')
  if (!parsed.ok) return parsed.failure.request === undefined ? 'drop' : String(parsed.failure.status)
  const { message } = parsed
  if (message.kind === 'response') return validateResponse(message) === undefined ? 'ok' : 'drop'
  return String(validateRequest(message)?.status ?? 'ok')
}
