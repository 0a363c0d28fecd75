/** An instant of the API (ISO 8601) as people here read it, in local time. */
export function localTime(instant: string | null): string {
  if (instant === null) return ''
  const at = new Date(instant)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** Who called: name and number, as far as they are known; by the owner's own name for him first. */
export function callerOf({
  contact,
  callerName,
  callerDisplay,
}: {
  readonly contact: { readonly name: string } | null
  readonly callerName: string | null
  readonly callerDisplay: string | null
}): string {
  const name = contact?.name ?? callerName
  if (name !== null && callerDisplay !== null) return `${name} <${callerDisplay}>`
  return name ?? callerDisplay ?? 'unknown'
}
