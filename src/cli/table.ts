import { drawCsv } from './csv.ts'
import type { Terminal } from './terminal.ts'

/** A column of a table for people: its heading, and what to show of a row. */
export type Column<Row> = readonly [heading: string, show: (row: Row) => string | number | null | undefined]

/** Prints rows as JSON for scripts, as CSV for spreadsheets, or as a table for people. */
export function printRows<Row extends object>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  {
    terminal,
    json,
    csv,
    none,
  }: {
    readonly terminal: Terminal
    readonly json?: boolean | undefined
    readonly csv?: readonly Column<Row>[] | undefined
    readonly none: string
  },
): void {
  if (json) terminal.print(`${JSON.stringify(rows, null, 2)}\n`)
  else if (csv) terminal.print(drawCsv(rows, csv))
  else if (rows.length === 0) terminal.print(`${none}\n`)
  else terminal.print(drawTable(rows, columns, terminal.isStyled))
}

/** Columns as wide as their widest cell, two spaces between. */
export function drawTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  isStyled: boolean,
): string {
  const cells = rows.map((row) => columns.map(([, show]) => clean(String(show(row) ?? ''))))
  const headings = columns.map(([heading]) => heading)
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...cells.map((row) => row[at]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()
  const head = isStyled ? `\x1b[1m${line(headings)}\x1b[22m` : line(headings)
  return `${[head, ...cells.map(line)].join('\n')}\n`
}

/** Callers choose their names: what steers a terminal is not passed on to it. */
export function clean(cell: string): string {
  return cell.replace(/[\p{Cc}\p{Cf}]/gu, '�')
}
