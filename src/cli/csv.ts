import type { Column } from './table.ts'

/** Rows as CSV (RFC 4180): a heading, a row each, lines that end in CR LF. */
export function drawCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = [
    columns.map(([heading]) => heading),
    ...rows.map((row) => columns.map(([, show]) => String(show(row) ?? ''))),
  ]
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

/**
 * Callers choose their names, and spreadsheets take what begins so for a formula: an apostrophe makes it text. A number
 * may begin with a plus.
 */
const harmless = (text: string) => (/^[=@\t\r]|^[+-](?![\d\s]*$)/.test(text) ? `'${text}` : text)

function cell(text: string): string {
  const safe = harmless(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
