import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { parseAst } from 'vite'
import { expect, it } from 'vitest'
import { threadCpuMs } from './helpers/least-cpu-ms.ts'

/**
 * No regular expression may take more than linear time (ReDoS): whatever it is applied to today, somebody will apply it to what
 * comes from the network. Each is tried on long strings that nearly match.
 */
const ROOT = join(import.meta.dirname, '../src')

const LENGTH = 20_000
/** Linear time is some 70 µs; quadratic time would be 100 ms and more, also once V8 has compiled the expression. */
const MOST_MS = 25
const CUT_OFF_MS = 3000
const TAILS = ['', '\0', '!']

interface Node {
  readonly type?: string
  readonly regex?: { readonly pattern: string; readonly flags: string }
  readonly callee?: { readonly name?: string }
}

function visit(node: unknown, seen: (node: Node) => void): void {
  if (Array.isArray(node)) for (const each of node) visit(each, seen)
  else if (node && typeof node === 'object') {
    seen(node)
    for (const child of Object.values(node)) visit(child, seen)
  }
}

const trees = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.(test|contract)\.ts$/.test(file))
  .map((file) => ({ file, tree: parseAst(readFileSync(join(ROOT, file), 'utf8'), { lang: 'ts' }) }))

interface Found {
  readonly file: string
  readonly regex: RegExp
}

const found = new Map<string, Found>()
const made: string[] = []
for (const { file, tree } of trees)
  visit(tree, ({ type = '', regex, callee }) => {
    if (type === 'Literal' && regex) {
      const once = new RegExp(regex.pattern, regex.flags.replace(/[gy]/g, ''))
      found.set(String(once), { file, regex: once })
    }
    if (/^(New|Call)Expression$/.test(type) && callee?.name === 'RegExp') made.push(file)
  })

/** What stands for a part of an expression in a string that it nearly matches. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  w: 'a',
  d: '0',
  s: ' ',
  t: '\t',
  r: '\r',
  n: '\n',
  b: '',
}

/** The signs that an expression speaks of, in their order: nearly what it matches. */
const spokenIn = ({ source }: RegExp): string =>
  source
    .replace(/\\(?:u\{?[\da-f]+\}?|x[\da-f]{2}|p\{\w+\}|(.))/gi, (_, sign = 'é') => STANDS_FOR[sign] ?? sign)
    .replace(/\(\?<?[:=!]|[[\](){}?*+|^$]/g, '')
    .replaceAll('.', 'x')

/** Long strings that nearly match: repetitions of what the expression speaks of, after what it may begin with. */
function* attacks(regex: RegExp): Generator<string> {
  const spoken = spokenIn(regex)
  const signs = [...new Set([...spoken.slice(0, 40), ' ', 'a', '0'])]
  const pairs = signs.slice(0, 12).flatMap((one) => signs.slice(0, 12).map((other) => one + other))
  for (const part of [...signs, ...pairs])
    for (const tail of TAILS) yield part.repeat(LENGTH / part.length) + tail
  for (let from = 1; from < Math.min(spoken.length, 16); from++)
    for (const sign of signs) yield `${spoken.slice(0, from)}${sign.repeat(LENGTH)}\0`
}

const context = createContext({ nowMs: threadCpuMs })
const script = new Script(`
  for (const text of texts) {
    now.text = text
    let ms = Infinity
    // Tried again, each time anew: V8 gives one that is used often another form.
    for (let run = 0; run < 6 && ms > most; run++) {
      const before = nowMs()
      new RegExp(regex.source, regex.flags).test(text)
      ms = nowMs() - before
    }
    if (ms > most) throw new Error('slow')
  }`)

/** The first attack that takes too long. A bad one would take years, so it is cut off. */
function weakness(regex: RegExp): string | undefined {
  const now = { text: '' }
  Object.assign(context, { regex, now, texts: attacks(regex), most: MOST_MS })
  try {
    script.runInContext(context, { timeout: CUT_OFF_MS })
    return undefined
  } catch {
    return now.text
  }
}

it.each([/^(a+)+$/, /\s+$/, /^\s*,?\s*,?\s*$/, /"(?:[^"\\]|\\.)*"\s*(?=<)/, /^ab*.*b*c$/])(
  'finds that %s is slow',
  (regex) => {
    expect(weakness(regex)).toBeDefined()
  },
)

it('finds the expressions of the sources, and none that is made at run time of what somebody says', () => {
  expect(found.size).toBeGreaterThan(100)
  // The number of a payload type, and a name of our own.
  expect(made.sort()).toEqual(['media/recorder/journal/segment-pool.ts', 'trace/describe-message.ts'])
})

it('every expression takes linear time', () => {
  const slow = [...found.values()].flatMap(({ file, regex }) => {
    const text = weakness(regex)
    return text === undefined ? [] : [`${file}: ${regex} for ${JSON.stringify(text.slice(0, 40))}`]
  })
  expect(slow).toEqual([])
})
