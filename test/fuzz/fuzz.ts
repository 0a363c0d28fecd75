import { threadCpuMs } from '../helpers/least-cpu-ms.ts'
import { createMutator } from '../helpers/mutator.ts'
import { seededRandom } from '../helpers/seeded-random.ts'
import type { Coverage } from './coverage.ts'
import { mutateBytes } from './mutate-bytes.ts'
import type { Subject, Target } from './target.ts'

export interface FuzzOptions {
  readonly seed: number
  /** True when it has been enough; asked between batches. */
  readonly isOver: (inputs: number) => boolean
  /** Where given, inputs that reach new code are kept and damaged further. */
  readonly coverage?: Coverage
}

export interface FuzzResult {
  readonly inputs: number
  /** Inputs kept because they reached something new, with the seeds. */
  readonly corpus: number
  /** The input that took longest: its bytes, and its time of the CPU. */
  readonly slowest: { readonly input: Buffer; readonly ms: number }
  /** The first input that did what none may, or the batch after which something did not hold; none: something was left. */
  readonly finding?: { readonly inputs: readonly Buffer[]; readonly error: unknown }
}

/** Inputs between two looks at what they reached, and two checks of what they left behind. */
const BATCH = 64
/** A target is set up anew after so many batches: what is kept by mistake shows long before. */
const BATCHES_PER_SUBJECT = 50

/** Throws damaged inputs at a target until it is over or something is found. The same seed gives the same inputs without coverage. */
export async function fuzz(target: Target, { seed, isOver, coverage }: FuzzOptions): Promise<FuzzResult> {
  const corpus = [...target.seeds]
  const mutate = mutatorOf(target, seed, corpus)
  let slowest: FuzzResult['slowest'] = { input: Buffer.alloc(0), ms: 0 }
  let inputs = 0
  let subject = await target.open()
  const known = new Set<string>()
  const result = (finding?: FuzzResult['finding']): FuzzResult => ({
    inputs,
    corpus: corpus.length,
    slowest,
    ...(finding && { finding }),
  })
  /** Gives the input to the target; the error that it threw. */
  const give = (input: Buffer): { readonly error: unknown } | undefined => {
    const began = threadCpuMs()
    try {
      // A receiver may keep what it gets, and write into it.
      subject.take(Buffer.from(input))
    } catch (error) {
      return { error }
    }
    const ms = threadCpuMs() - began
    if (ms > slowest.ms) slowest = { input, ms }
    return undefined
  }
  /** Those of a batch that reach what nothing had reached before. They are given once more, one by one, to tell which. */
  const reaching = async (batch: readonly Buffer[], coverage: Coverage): Promise<readonly Buffer[]> => {
    const fresh = new Set(await coverage.places()).difference(known)
    const found: Buffer[] = []
    for (const input of batch) {
      if (fresh.size === 0) break
      give(input)
      const reached = fresh.intersection(await coverage.places())
      if (reached.size === 0) continue
      found.push(input)
      for (const place of reached) {
        fresh.delete(place)
        known.add(place)
      }
    }
    // What only time or the state before it reached can't be told from an input; it is no news again.
    for (const place of fresh) known.add(place)
    return found
  }

  for (const input of target.seeds) {
    const thrown = give(input)
    if (thrown) return result({ inputs: [input], ...thrown })
  }
  for (const place of (await coverage?.places()) ?? []) known.add(place)
  for (let batches = 1; !isOver(inputs); batches++) {
    const batch = Array.from({ length: BATCH }, mutate)
    for (const input of batch) {
      inputs++
      const thrown = give(input)
      if (thrown) return result({ inputs: [input], ...thrown })
    }
    const broken = await thrownBy(subject.check)
    if (broken) return result({ inputs: batch, ...broken })
    if (coverage) corpus.push(...(await reaching(batch, coverage)))
    if (batches % BATCHES_PER_SUBJECT === 0) {
      const left = await thrownBy(subject.close)
      if (left) return result({ inputs: [], ...left })
      subject = await target.open()
    }
  }
  const left = await thrownBy(subject.close)
  return result(left && { inputs: [], ...left })
}

async function thrownBy(act: Subject['check']): Promise<{ readonly error: unknown } | undefined> {
  try {
    await act?.()
    return undefined
  } catch (error) {
    return { error }
  }
}

function mutatorOf(target: Target, seed: number, corpus: readonly Buffer[]): () => Buffer {
  const random = seededRandom(seed)
  const pick = () => corpus[random.uint32() % corpus.length] ?? Buffer.alloc(0)
  if (target.shape === 'bytes') return () => mutateBytes(random, pick(), corpus)
  const mutator = createMutator(seed, target.seeds)
  return () => mutator.mutate(pick())
}
