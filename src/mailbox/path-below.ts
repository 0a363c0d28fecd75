import { isAbsolute, join, normalize, sep } from 'node:path'

/** The path of a file named relative to `folder`, or undefined if it would lie outside. */
export function pathBelow(folder: string, file: string): string | undefined {
  if (file === '' || file.includes('\0') || isAbsolute(file)) return undefined
  const inside = normalize(file)
  if (inside === '.' || inside === '..' || inside.startsWith(`..${sep}`)) return undefined
  return join(folder, inside)
}
