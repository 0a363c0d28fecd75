import type { Document, LineCounter, Node, Pair } from 'yaml'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Complain } from './read-wanted.ts'
import type { Path } from './wanted.ts'

/** A YAML file that is read, and what is wrong with it, gathered with the line and column where it stands. */
export interface ReadFile {
  readonly contents: unknown
  readonly complain: Complain
  /** Throws AP_APPLY_INVALID with all complaints, in the order of the file, if there are any. */
  refuseIfWrong(): void
}

/** Reads YAML. Rejects with AP_APPLY_INVALID where it is none. */
export async function readYaml(text: string, file: string): Promise<ReadFile> {
  // 3 MB that other commands need not hold.
  const { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } = await import('yaml')
  const counter: LineCounter = new LineCounter()
  const document: Document.Parsed = parseDocument(text, { lineCounter: counter })
  const complaints: { readonly line: number; readonly col: number; readonly what: string }[] = []
  const placeAt = (offset: number) => counter.linePos(offset)

  /** The place of a key or of an item of a list; where it is missing, that of what it is missing in. */
  const placeOf = (path: Path) => {
    let node: unknown = document.contents
    let offset = (document.contents as Node | null)?.range?.[0] ?? 0
    for (const step of path) {
      const next: unknown = isMap(node)
        ? node.items.find(({ key }) => `${isScalar(key) ? key.value : key}` === `${step}`)
        : isSeq(node)
          ? node.items[Number(step)]
          : undefined
      if (next === undefined) break
      const named = isPair(next) ? (next as Pair<Node, Node>).key : (next as Node)
      offset = named.range?.[0] ?? offset
      node = isPair(next) ? next.value : next
    }
    return placeAt(offset)
  }
  const complain: Complain = (path, why) =>
    void complaints.push({ ...placeOf(path), what: path.length === 0 ? why : `${sayPath(path)}: ${why}` })
  const refuseIfWrong = () => {
    if (complaints.length === 0) return
    const problems = complaints
      .toSorted((a, b) => a.line - b.line || a.col - b.col)
      .map(({ line, col, what }) => `  line ${line}:${col}: ${what}`)
      .join('\n')
    throw new AnswerphoneError('AP_APPLY_INVALID', { file, problems })
  }

  for (const { pos, message } of document.errors)
    complaints.push({ ...placeAt(pos[0]), what: message.split(/ at line|\n/)[0] ?? '' })
  refuseIfWrong()
  return { contents: document.toJS(), complain, refuseIfWrong }
}

/** `lines.office.ringSeconds`, and the third rule is `rules[3]`. */
const sayPath = (path: Path): string =>
  path
    .map((step, at) => (typeof step === 'number' ? `[${step + 1}]` : `${at > 0 ? '.' : ''}${step}`))
    .join('')
