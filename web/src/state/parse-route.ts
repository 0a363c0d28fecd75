export type Route =
  | { readonly view: 'messages' }
  | { readonly view: 'calls' }
  /** The one-time link that the machine prints at its first start. */
  | { readonly view: 'setup'; readonly token: string }

/** Reads an address's fragment: `#/calls`, `#setup=TOKEN`; everything else shows the messages. */
export function parseRoute(hash: string): Route {
  const token = /^#setup=([^&]+)/.exec(hash)?.[1]
  if (token) return { view: 'setup', token: decodeToken(token) }
  return hash === '#/calls' ? { view: 'calls' } : { view: 'messages' }
}

function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
