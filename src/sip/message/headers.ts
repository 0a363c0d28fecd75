import { headerKey, mayBeList } from './header-names.ts'
import { splitValues } from './split-values.ts'
import { decodeWire, encodeWire } from './wire-text.ts'

/** One header line. `wire` has a character per byte and no line break; `text` is made of it on demand. */
export interface HeaderLine {
  readonly key: string
  readonly name: string
  readonly wire: string
  text: string | undefined
}

/**
 * The headers of a message in wire order. Names are compared without regard to case, and a compact form is the same
 * as the full one (RFC 3261 §7.3). Values become strings only when they are asked for.
 */
export class Headers {
  #lines: HeaderLine[] = []
  #readings: Map<(headers: Headers) => unknown, unknown> | undefined

  constructor(entries: Iterable<readonly [name: string, value: string]> = []) {
    for (const [name, value] of entries) this.#lines.push(lineOf(name, value))
  }

  /** Headers over lines that a parser has found; the array becomes theirs. */
  static over(lines: HeaderLine[]): Headers {
    const headers = new Headers()
    headers.#lines = lines
    return headers
  }

  /** The value of the first header line of this name, on one line and trimmed. */
  first(name: string): string | undefined {
    const key = headerKey(name)
    for (const line of this.#lines) if (line.key === key) return textOf(line)
    return undefined
  }

  /** The values of all header lines of this name, one for each line. */
  all(name: string): readonly string[] {
    const key = headerKey(name)
    const values: string[] = []
    for (const line of this.#lines) if (line.key === key) values.push(textOf(line))
    return values
  }

  /** All values of this name with comma-separated ones taken apart, in order (RFC 3261 §7.3.1). */
  values(name: string): readonly string[] {
    const lines = this.all(name)
    return mayBeList(headerKey(name)) ? lines.flatMap(splitValues) : lines
  }

  /** The values of the first header line of this name: the topmost Via is the first of them. */
  firstValues(name: string): readonly string[] {
    const line = this.first(name)
    if (line === undefined) return []
    return mayBeList(headerKey(name)) ? splitValues(line) : [line]
  }

  has(name: string): boolean {
    return this.count(name) > 0
  }

  /** How many header lines have this name. */
  count(name: string): number {
    const key = headerKey(name)
    let count = 0
    for (const line of this.#lines) if (line.key === key) count++
    return count
  }

  /** Adds a header after all others. */
  append(name: string, value: string): this {
    this.#lines.push(lineOf(name, value))
    return this.#changed()
  }

  /** Adds a header before all others, where a new Via belongs. */
  prepend(name: string, value: string): this {
    this.#lines.unshift(lineOf(name, value))
    return this.#changed()
  }

  /** Replaces all headers of this name by one, in the place of the first. */
  set(name: string, value: string): this {
    const key = headerKey(name)
    const place = this.#lines.findIndex((line) => line.key === key)
    if (place === -1) return this.append(name, value)
    const line = lineOf(name, value)
    this.#lines = this.#lines.filter((other, at) => at === place || other.key !== key)
    this.#lines[place] = line
    return this.#changed()
  }

  /** Removes all headers of this name. */
  remove(name: string): this {
    const key = headerKey(name)
    this.#lines = this.#lines.filter((line) => line.key !== key)
    return this.#changed()
  }

  /** Removes the first value of this name and leaves those behind it: how a Via or a Route is taken off. */
  removeFirstValue(name: string): this {
    const key = headerKey(name)
    const place = this.#lines.findIndex((line) => line.key === key)
    const line = this.#lines[place]
    if (line === undefined) return this
    const rest = mayBeList(key) ? splitValues(textOf(line)).slice(1) : []
    if (rest.length === 0) this.#lines.splice(place, 1)
    else this.#lines[place] = lineOf(line.name, rest.join(', '))
    return this.#changed()
  }

  /** Appends the lines of this name from another message byte for byte, even where they are not UTF-8. */
  copy(name: string, from: Headers): this {
    const key = headerKey(name)
    for (const line of from.#lines) if (line.key === key) this.#lines.push(line)
    return this.#changed()
  }

  /** Appends only the first line of this name from another message, with `suffix` (ASCII) behind its value. */
  copyFirst(name: string, from: Headers, suffix = ''): this {
    const key = headerKey(name)
    const line = from.#lines.find((other) => other.key === key)
    if (line === undefined) return this
    this.#lines.push(suffix === '' ? line : { ...line, wire: line.wire + suffix, text: undefined })
    return this.#changed()
  }

  /** Lines in wire order as they go on the wire: one character per byte. */
  *wire(): IterableIterator<readonly [name: string, wire: string]> {
    for (const line of this.#lines) yield [line.name, line.wire]
  }

  /** Names as they were written and values as text, in wire order. */
  *[Symbol.iterator](): IterableIterator<readonly [name: string, value: string]> {
    for (const line of this.#lines) yield [line.name, textOf(line)]
  }

  /** How many header lines there are. */
  get size(): number {
    return this.#lines.length
  }

  /** What `reader` makes of these headers; it is asked once and again only after a change. */
  read<T>(reader: (headers: Headers) => T): T {
    this.#readings ??= new Map()
    if (this.#readings.has(reader)) return this.#readings.get(reader) as T
    const reading = reader(this)
    this.#readings.set(reader, reading)
    return reading
  }

  clone(): Headers {
    return Headers.over(this.#lines.slice())
  }

  #changed(): this {
    this.#readings = undefined
    return this
  }
}

function lineOf(name: string, value: string): HeaderLine {
  return { key: headerKey(name), name, wire: encodeWire(value), text: undefined }
}

function textOf(line: HeaderLine): string {
  line.text ??= decodeWire(line.wire)
  return line.text
}
