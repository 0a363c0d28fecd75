/** A text in which spoken numbers are digits, and where each of its characters stands in the original. */
export interface Digited {
  readonly text: string
  /** The place in the original of each character, and of the end. */
  readonly places: readonly number[]
}

const EN = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]
const EN_TEENS = ['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const EN_TENS = ['twenty', 'thirty', 'forty', 'fifty']
const DE = [
  'null',
  'eins',
  'zwei',
  'drei',
  'vier',
  'fünf',
  'sechs',
  'sieben',
  'acht',
  'neun',
  'zehn',
  'elf',
  'zwölf',
]
const DE_TEENS = ['dreizehn', 'vierzehn', 'fünfzehn', 'sechzehn', 'siebzehn', 'achtzehn', 'neunzehn']
const DE_TENS = ['zwanzig', 'dreißig', 'vierzig', 'fünfzig']

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...[...EN, ...EN_TEENS].map((word, value) => [word, value] as const),
  ...EN_TENS.map((word, place) => [word, 20 + 10 * place] as const),
  ['oh', 0],
  ...[...DE, ...DE_TEENS].map((word, value) => [word, value] as const),
  ...DE_TENS.map((word, place) => [word, 20 + 10 * place] as const),
  ['zwo', 2],
  ['ein', 1],
])
/** `einundzwanzig` is one word. */
const DE_COMPOUND = /^(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(zwanzig|dreißig|vierzig|fünfzig)$/

const WORD = /[\p{L}]+|[^\p{L}]+/gu
/** A telephone number is spoken figure by figure, or by pairs. */
const LEAST_FIGURES = 5

/**
 * Writes spoken numbers as digits: figures in a row as one number (`five five five one two` → `55512`), and a number by
 * itself as itself (`seven` → `7`, `twenty one` → `21`), in English and German.
 */
export function toDigits(original: string): Digited {
  let text = ''
  const places: number[] = []
  const put = (written: string, at: number, length: number) => {
    for (let i = 0; i < written.length; i++) places.push(at + Math.min(i, length))
    text += written
  }
  const tokens = [...original.matchAll(WORD)].map(({ 0: token, index }) => ({ token, index }))
  for (let at = 0; at < tokens.length; ) {
    const run = runOf(tokens, at)
    const { token = '', index = 0 } = tokens[at] ?? {}
    if (run.values.length === 0) {
      put(token, index, token.length)
      at++
      continue
    }
    const end = tokens[at + run.tokens - 1]
    const length = (end ? end.index + end.token.length : index) - index
    put(written(run.values), index, length)
    at += run.tokens
  }
  places.push(original.length)
  return { text, places }
}

/** The numbers that follow each other from here on, with nothing but spaces, commas or hyphens between. */
function runOf(tokens: readonly { readonly token: string }[], from: number) {
  const values: number[] = []
  let count = 0
  for (let at = from; at < tokens.length; at += 2) {
    const value = numberIn(tokens[at]?.token ?? '')
    if (value === undefined || (at > from && !/^[ ,-]+$/.test(tokens[at - 1]?.token ?? ''))) break
    values.push(value)
    count = at - from + 1
  }
  return { values, tokens: count }
}

function numberIn(token: string): number | undefined {
  const word = token.toLowerCase()
  const [, unit = '', ten = ''] = DE_COMPOUND.exec(word) ?? []
  return unit === '' ? NUMBERS.get(word) : (NUMBERS.get(ten) ?? 0) + (NUMBERS.get(unit) ?? 0)
}

function written(values: readonly number[]): string {
  const figures = values.map(String).join('')
  if (figures.length >= LEAST_FIGURES) return figures
  // `twenty one` is one number, `seven thirty` are an hour and its minutes.
  const parts: number[] = []
  for (const value of values) {
    const before = parts.at(-1)
    if (before !== undefined && before >= 20 && before % 10 === 0 && value > 0 && value < 10)
      parts[parts.length - 1] = before + value
    else parts.push(value)
  }
  const [hour = 0, minute] = parts
  const isTime = parts.length === 2 && hour <= 24 && minute !== undefined && minute >= 10 && minute < 60
  return isTime ? `${hour}:${minute}` : parts.join(' ')
}
