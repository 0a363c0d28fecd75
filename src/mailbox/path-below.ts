import { isAbsolute, resolve, sep } from 'node:path'

/** The path of a file named relative to `folder`, or undefined if it would lie outside. */
export function pathBelow(folder: string, file: string): string | undefined {
  if (file.includes('\0') || isAbsolute(file)) return undefined
  const path = resolve(folder, file)
  return path.startsWith(resolve(folder) + sep) ? path : undefined
}
