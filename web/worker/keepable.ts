/** An answer of the machine that is kept for when it is out of reach. */
export interface Keepable {
  readonly kind: 'session' | 'list' | 'sound'
  /** The address under which it is kept; how much of a list was asked for does not matter. */
  readonly key: string
}

const API = '/api/v1'
const LISTS: ReadonlySet<string> = new Set([`${API}/messages`, `${API}/calls`, `${API}/mailboxes`])
/** What narrows a list to less than one looks for first, or goes on below it. */
const NARROWING = ['q', 'cursor', 'skip', 'caller', 'from', 'before', 'line']

/** Whether the answer to this GET is kept: who is logged in, the head of each list, and recordings as the page plays them. */
export function keepable({ pathname, searchParams }: URL): Keepable | null {
  if (pathname === `${API}/session`) return { kind: 'session', key: pathname }
  if (LISTS.has(pathname)) {
    if (NARROWING.some((name) => searchParams.get(name))) return null
    const asked = [...searchParams].filter(([name, value]) => name !== 'limit' && value !== '').sort()
    return { kind: 'list', key: asked.length === 0 ? pathname : `${pathname}?${new URLSearchParams(asked)}` }
  }
  if (messageOfSound(pathname) !== null && searchParams.size === 0) return { kind: 'sound', key: pathname }
  return null
}

/** The message whose recording is at this path; null where there is none. */
export function messageOfSound(pathname: string): string | null {
  const id = /^\/api\/v1\/messages\/([^/]+)\/audio$/.exec(pathname)?.[1]
  return id === undefined ? null : decodeURIComponent(id)
}

/** A list ends with what is kept of it. */
const endsHere = ({ length }: readonly unknown[]) => ({ total: length, nextCursor: null })

/** What is kept of an answer: no call goes on any more when it is looked at, and a secret is nothing to be kept. */
export function worthKeeping(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  return {
    ...json,
    ...('live' in json && { live: [] }),
    ...('csrfToken' in json && { csrfToken: null }),
    ...('messages' in json && Array.isArray(json.messages) && endsHere(json.messages)),
  }
}
