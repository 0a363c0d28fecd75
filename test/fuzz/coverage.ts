import { type Profiler, Session } from 'node:inspector/promises'

/** Which of our code has run, as V8 counts it. */
export interface Coverage extends AsyncDisposable {
  /** The places that ran since the last call. */
  places(): Promise<ReadonlySet<string>>
}

/** Begins to watch what runs of `src/`. A look takes about a millisecond, and all runs slower while it is watched. */
export async function watchCoverage(): Promise<Coverage> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return {
    async places() {
      const { result } = await session.post('Profiler.takePreciseCoverage')
      const places = new Set<string>()
      for (const { scriptId, url, functions } of result) {
        if (!url.includes('/src/')) continue
        for (const range of functions.flatMap(({ ranges }) => ranges.filter(ran)))
          places.add(`${scriptId} ${range.startOffset} ${range.endOffset}`)
      }
      return places
    },
    async [Symbol.asyncDispose]() {
      session.disconnect()
    },
  }
}

const ran = ({ count }: Profiler.CoverageRange) => count > 0
