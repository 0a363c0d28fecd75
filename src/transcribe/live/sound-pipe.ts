/** Sound that is put in at one end as it comes, and read at the other. */
export interface SoundPipe extends AsyncIterable<Int16Array> {
  /** False when more waits than there is room for: who reads does not keep up. */
  put(pcm: Int16Array): boolean
  end(): void
}

/** @param mostSamples that may wait */
export function openSoundPipe(mostSamples: number): SoundPipe {
  const waiting: Int16Array[] = []
  let samples = 0
  let ended = false
  let wake: (() => void) | undefined

  return {
    put(pcm) {
      if (ended || samples + pcm.length > mostSamples) return false
      waiting.push(pcm)
      samples += pcm.length
      wake?.()
      return true
    },
    end() {
      ended = true
      wake?.()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const pcm = waiting.shift()
        if (pcm) {
          samples -= pcm.length
          yield pcm
          continue
        }
        if (ended) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        wake = undefined
      }
    },
  }
}
