/**
 * Whether a caller is of the house: telephone systems show an extension where others have a number. A FRITZ!Box writes
 * `**611` or `611`, a PBX `201`.
 *
 * @param digits so many digits an extension has at most; 0: the line has no internal callers
 */
export function isInternal(number: string | null, digits: number): boolean {
  const [, stars = '', extension = ''] = /^(\**)(\d+)$/.exec(number ?? '') ?? []
  if (digits === 0 || extension === '') return false
  return extension.length <= digits || stars.length >= 2
}
