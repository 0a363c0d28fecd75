import { formatParams, type Params, parseParams } from './params.ts'
import { isLws, trimLws } from './wire-text.ts'

/**
 * A dialog as another message names it: Replaces (RFC 3891 §6.1) and Join (RFC 3911 §7.1). The tags are named as the
 * receiver of the header sees them: `toTag` is its own tag, `fromTag` that of its other side. Some phones have them
 * the other way round.
 */
export interface DialogReference {
  readonly callId: string
  readonly toTag: string
  readonly fromTag: string
  /** Replaces only: not once the dialog is confirmed (RFC 3891 §3). */
  readonly earlyOnly: boolean
}

/** Reads the value of a Replaces or Join header; undefined unless it has a Call-ID and each of the tags exactly once. */
export function parseDialogReference(text: string): DialogReference | undefined {
  const semicolon = text.indexOf(';')
  if (semicolon === -1) return undefined
  const callId = trimLws(text.slice(0, semicolon))
  const params = parseParams(text, semicolon)
  if (!isCallId(callId) || !params || hasTwice(text.slice(semicolon), ['to-tag', 'from-tag']))
    return undefined
  const toTag = params.get('to-tag')
  const fromTag = params.get('from-tag')
  if (!toTag || !fromTag) return undefined
  return { callId, toTag, fromTag, earlyOnly: params.has('early-only') }
}

/** The value of a Replaces header. */
export function formatReplaces({ callId, toTag, fromTag, earlyOnly }: DialogReference): string {
  const tags: [string, string | undefined][] = [
    ['to-tag', toTag],
    ['from-tag', fromTag],
  ]
  const params: Params = new Map(earlyOnly ? [...tags, ['early-only', undefined]] : tags)
  return `${callId}${formatParams(params)}`
}

/** The value of a Join header, which knows no `early-only`. */
export function formatJoin(reference: Omit<DialogReference, 'earlyOnly'>): string {
  return formatReplaces({ ...reference, earlyOnly: false })
}

/** `word [ "@" word ]` (RFC 3261 §25.1), for which it is enough that nothing in it would end it. */
function isCallId(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (isLws(text.charCodeAt(at)) || text[at] === ',') return false
  }
  return text !== ''
}

/** RFC 3891 §6.1: "exactly one to-tag and exactly one from-tag"; parameters as such may come again. */
function hasTwice(params: string, names: readonly string[]): boolean {
  // A string that nobody closes goes on to the end: looked for from each of its quotes it would take quadratic time.
  const unquoted = params.replace(/"(?:[^"\\]|\\[\s\S]?)*(?:"|$)/g, '""').toLowerCase()
  const found = unquoted.split(';').map((param) => trimLws(param.split('=', 1)[0] ?? ''))
  return names.some((name) => found.indexOf(name) !== found.lastIndexOf(name))
}
