/** What the page is made of, kept whole, so that it starts without the machine. */
export interface Shell {
  /** Fetches all of this version; rejects, and the version before stays, when something is missing. */
  install(): Promise<void>
  /** Takes over: versions before the last one go, for a page that still runs may be of that. */
  takeOver(): Promise<void>
  /** A file of the page; undefined when it is none. */
  find(url: URL): Promise<Response | undefined>
}

export interface ShellOptions {
  readonly caches: CacheStorage
  readonly fetch: typeof fetch
  readonly version: string
  /** Paths; `/` is the page itself. */
  readonly files: readonly string[]
}

const PREFIX = 'answerphone-shell-'

export function openShell({ caches, fetch, version, files }: ShellOptions): Shell {
  const name = `${PREFIX}${version}`

  return {
    async install() {
      const cache = await caches.open(name)
      await Promise.all(
        files.map(async (path) => {
          // What bears a hash in its name never changes; all else is asked for anew.
          const answer = await fetch(path, path.startsWith('/assets/') ? {} : { cache: 'no-cache' })
          // A proxy that wants a login of its own answers with that.
          if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`)
          await cache.put(path, answer)
        }),
      )
    },
    async takeOver() {
      // In the order in which they were made.
      const versions = (await caches.keys()).filter((other) => other.startsWith(PREFIX) && other !== name)
      await Promise.all(versions.slice(0, -1).map((old) => caches.delete(old)))
    },
    async find({ pathname }) {
      const own = await (await caches.open(name)).match(pathname)
      // A page of the version before asks for its own files.
      return own ?? (pathname.startsWith('/assets/') ? caches.match(pathname) : undefined)
    },
  }
}
