/** Prints a title and a table, a row at a time: the first row names the columns. */
export function openTable(
  title: string,
  columns: readonly string[],
): (...cells: (string | number)[]) => void {
  const widths = columns.map((name) => Math.max(name.length + 2, 10))
  const print = (cells: readonly (string | number)[]) =>
    console.log(cells.map((cell, i) => String(cell).padStart(widths[i] ?? 10)).join(''))
  console.log(`\n${title}`)
  print(columns)
  return (...cells) => print(cells.map((cell) => (typeof cell === 'number' ? shorten(cell) : cell)))
}

const shorten = (value: number) => (Number.isInteger(value) ? String(value) : value.toPrecision(3))
