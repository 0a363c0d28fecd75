import { seededRandom } from './seeded-random.ts'

/** Damages messages as a fuzzer that knows SIP does. The same seed gives the same damage. */
export interface Mutator {
  mutate(message: Buffer): Buffer
  /** A whole number below `limit`. */
  below(limit: number): number
  pick<Item>(items: readonly Item[]): Item
}

/** Numbers at which somebody's arithmetic ends. */
const NUMBERS = [
  '0',
  '-1',
  '1',
  '99',
  '255',
  '256',
  '65535',
  '65536',
  '2147483648',
  '4294967295',
  '4294967296',
]
const ODD_NUMBERS = ['', '1e3', '0x10', '+5', '007', '99999999999999999999999999', 'NaN']
const BYTES = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  '\r\n\r\n',
  '"',
  '<',
  '>',
  ';',
  ',',
  ':',
  '%',
  '%00',
  '\\',
  ' ',
  '\t',
  '\xff',
  '@',
  '[',
  '\r\n ',
]

/** @param others messages whose header lines may turn up in another */
export function createMutator(seed: number, others: readonly Buffer[]): Mutator {
  const random = seededRandom(seed)
  const below = (limit: number) => random.uint32() % Math.max(1, limit)
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item
  const foreignLines = others
    .flatMap((message) => message.toString('latin1').split('\r\n'))
    .filter((line) => line.length < 5000)

  const splice = (text: string, at: number, remove: number, insert: string) =>
    text.slice(0, at) + insert + text.slice(at + remove)
  const withLines = (text: string, change: (lines: string[]) => void) => {
    const lines = text.split('\r\n')
    change(lines)
    return lines.join('\r\n')
  }
  /** Puts something else for one of the matches. */
  const replaceOne = (text: string, pattern: RegExp, by: (match: string) => string) => {
    const matches = [...text.matchAll(pattern)]
    const match = matches[below(matches.length)]
    return match ? splice(text, match.index, match[0].length, by(match[0])) : text
  }

  const mutations: readonly ((text: string) => string)[] = [
    (text) => withLines(text, (lines) => lines.splice(below(lines.length), 0, pick(lines))),
    (text) => withLines(text, (lines) => lines.splice(below(lines.length), 1)),
    (text) =>
      withLines(text, (lines) => {
        const [a, b] = [below(lines.length), below(lines.length)]
        ;[lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? '']
      }),
    (text) => withLines(text, (lines) => lines.splice(1 + below(lines.length), 0, pick(foreignLines))),
    (text) => replaceOne(text, /\d+/g, () => pick(below(3) ? NUMBERS : ODD_NUMBERS)),
    (text) => replaceOne(text, /[\w.-]+/g, () => pick(foreignLines).slice(0, 40)),
    (text) => replaceOne(text, /[\w.-]+/g, (word) => word.repeat(1 + below(400))),
    (text) => replaceOne(text, /[;,=<>":@[\]]/g, () => pick(BYTES)),
    (text) => text.slice(0, below(text.length)),
    (text) => splice(text, below(text.length), below(20), ''),
    (text) => splice(text, below(text.length), 0, pick(BYTES).repeat(1 + below(5))),
    (text) => splice(text, below(text.length), 1, String.fromCharCode(below(256))),
    (text) => replaceOne(text, /\r\n/g, () => pick(['\n', '\r', '', '\r\n\t', '\r\n\r\n'])),
    (text) => replaceOne(text, /[A-Za-z]+/g, (word) => (below(2) ? word.toUpperCase() : word.toLowerCase())),
  ]

  return {
    below,
    pick,
    mutate(message) {
      let text = message.toString('latin1')
      for (let left = 1 + below(3); left > 0; left--) text = pick(mutations)(text)
      return Buffer.from(text, 'latin1').subarray(0, 60_000)
    },
  }
}
