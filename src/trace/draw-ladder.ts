import { bracketed } from '../shared/bracketed.ts'
import type { Arrow, Column, Sketch } from './sketch.ts'
import type { Place } from './trace.ts'

const TIME_WIDTH = 11
/** Between two columns; with less, there is no room for a message's name, and a list is better. */
const NARROWEST = 18
const WIDEST = 34

/** A ladder in lines of at most `width` characters: columns with arrows, or, where they don't fit, a list. */
export function drawLadder(sketch: Sketch, width: number): readonly string[] {
  const { columns, arrows } = sketch
  const gaps = Math.max(1, columns.length - 1)
  // Half a heading stands out on the right.
  const gap = Math.min(WIDEST, Math.floor((width - TIME_WIDTH - NARROWEST / 2) / gaps))
  if (gap < NARROWEST) return listArrows(sketch, width)
  const lanes = columns.map((_column, at) => TIME_WIDTH + at * gap)
  const end = Math.min(width, (lanes.at(-1) ?? 0) + Math.floor(gap / 2))
  return [
    headings(columns, lanes, gap, end, nameOf),
    headings(columns, lanes, gap, end, ({ place }) => placeText(place)),
    ...arrows.flatMap((arrow) => drawArrow(arrow, lanes, end, width)),
  ].map((line) => line.trimEnd())
}

function headings(
  columns: readonly Column[],
  lanes: readonly number[],
  gap: number,
  end: number,
  show: (column: Column) => string,
): string {
  const line = blank(end)
  for (const [at, column] of columns.entries()) {
    const text = cut(show(column), gap - 2)
    const lane = lanes[at] ?? 0
    const from = Math.max(at === 0 ? 0 : lane - Math.floor((gap - 2) / 2), lane - Math.floor(text.length / 2))
    write(line, Math.min(from, end - text.length), text)
  }
  return line.join('')
}

function drawArrow(arrow: Arrow, lanes: readonly number[], end: number, width: number): string[] {
  const line = blank(end)
  for (const lane of lanes) line[lane] = '│'
  write(line, 0, seconds(arrow.afterMs).padStart(TIME_WIDTH - 2))
  const [from, to] = [lanes[arrow.from] ?? 0, lanes[arrow.to] ?? 0]
  const [left, right] = from < to ? [from, to] : [to, from]
  for (let at = left + 1; at < right; at++) line[at] = lanes.includes(at) ? '┼' : '─'
  if (from < to) line[right - 1] = '▶'
  else line[left + 1] = '◀'
  // Beside our own lane, so that it is seen whose arrow it is, however far it goes.
  const label = ` ${cut(labelOf(arrow), Math.min(right - left - 6, WIDEST - 6))} `
  const span = Math.min(right - left, (lanes[1] ?? right) - (lanes[0] ?? left))
  const near = arrow.from === 1 || arrow.to === 1 ? (left === lanes[1] ? left : right - span) : left
  write(line, near + 1 + Math.max(2, Math.floor((span - 1 - label.length) / 2)), label)
  if (arrow.session === null || arrow.repeated) return [line.join('')]
  const below = blank(width)
  for (const lane of lanes) below[lane] = '│'
  return [line.join(''), write(below, left + 2, cut(arrow.session, width - left - 2)).join('')]
}

/** For a narrow terminal: who to whom, one message a line. */
function listArrows({ columns, arrows }: Sketch, width: number): readonly string[] {
  const named = (at: number) => {
    const column = columns[at]
    return column ? nameOf(column) : ''
  }
  return arrows.flatMap((arrow) => [
    cut(`${seconds(arrow.afterMs)}  ${named(arrow.from)} → ${named(arrow.to)}  ${labelOf(arrow)}`, width),
    ...(arrow.session === null || arrow.repeated ? [] : [cut(`       ${arrow.session}`, width)]),
  ])
}

/** `200 OK (BYE)`: of which request, where that is not the usual one. */
export function labelOf({ title, method, repeated }: Pick<Arrow, 'title' | 'method' | 'repeated'>): string {
  const isAnswer = /^\d/.test(title)
  return `${title}${isAnswer && method !== 'INVITE' && method !== '' ? ` (${method})` : ''}${repeated ? ' again' : ''}`
}

export const nameOf = ({ kind, name }: Pick<Column, 'kind' | 'name'>): string =>
  clean(name ?? (kind === 'caller' ? 'withheld' : kind))

export const placeText = ({ address, port }: Place): string => `${bracketed(address)}:${port}`

export const seconds = (ms: number): string => (ms / 1000).toFixed(3)

const blank = (width: number): string[] => Array.from({ length: width }, () => ' ')

function write(line: string[], at: number, text: string): string[] {
  for (const [offset, char] of [...text].entries()) if (at + offset < line.length) line[at + offset] = char
  return line
}

/** Others choose these words: what steers a terminal is not passed on to it. */
export const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '�')

function cut(text: string, width: number): string {
  const chars = [...clean(text)]
  return chars.length <= width ? chars.join('') : `${chars.slice(0, Math.max(0, width - 1)).join('')}…`
}
