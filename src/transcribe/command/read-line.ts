import { z } from 'zod'

/** What a line of a command's output says. */
export type Said =
  | { readonly kind: 'partial'; readonly text: string }
  | { readonly kind: 'language'; readonly language: string }
  | {
      readonly kind: 'text'
      readonly text: string
      /** In ms; absent where it does not say. */
      readonly startMs?: number
      readonly endMs?: number
      readonly confidence?: number
    }

const LONGEST_TEXT = 5000
const text = z.string().transform((said) => said.slice(0, LONGEST_TEXT))
const seconds = z.number().min(0).max(100_000)

/** A line of JSON; what else stands in it is let pass. */
const JSON_LINE = z.union([
  z.object({ partial: text }),
  z.object({
    text,
    start: seconds.optional(),
    end: seconds.optional(),
    confidence: z.number().min(0).max(1).optional(),
  }),
  z.object({ language: z.string().max(35) }),
])

/** As whisper.cpp writes: `[00:00:01.500 --> 00:00:03.000]  words`. */
const TIMED = /^\[(\d{1,3}):(\d\d):(\d\d)[.,](\d{3}) --> (\d{1,3}):(\d\d):(\d\d)[.,](\d{3})\]\s*(.*)$/
/** Noises that recognisers name: `[MUSIC]`, `(silence)`, `<sil>`, `++NOISE++`. */
const NOISE = /^(?:\[[^\]]*\]|\([^)]*\)|<[^>]*>|\+\+[^+]*\+\+)$/

/** Undefined for a line that says nothing. */
export function readLine(line: string): Said | undefined {
  const trimmed = line.trim()
  if (trimmed.startsWith('{')) return readJson(trimmed)
  const timed = TIMED.exec(trimmed)
  const said = (timed?.[9] ?? trimmed).trim()
  if (said === '' || NOISE.test(said)) return undefined
  return { kind: 'text', text: said.slice(0, LONGEST_TEXT), ...(timed && timesOf(timed)) }
}

function readJson(line: string): Said | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  const read = JSON_LINE.safeParse(value)
  if (!read.success) return undefined
  const said = read.data
  if ('partial' in said) return { kind: 'partial', text: said.partial.trim() }
  if ('language' in said) return { kind: 'language', language: said.language }
  const { start, end, confidence } = said
  if (said.text.trim() === '') return undefined
  return {
    kind: 'text',
    text: said.text.trim(),
    ...(start !== undefined && { startMs: Math.round(start * 1000) }),
    ...(end !== undefined && { endMs: Math.round(end * 1000) }),
    ...(confidence !== undefined && { confidence }),
  }
}

function timesOf([, ...parts]: RegExpExecArray) {
  const [h1, m1, s1, f1, h2, m2, s2, f2] = parts.map(Number) as [number, ...number[]] & { 7: number }
  const ms = (h = 0, m = 0, s = 0, f = 0) => ((h * 60 + m) * 60 + s) * 1000 + f
  return { startMs: ms(h1, m1, s1, f1), endMs: ms(h2, m2, s2, f2) }
}
