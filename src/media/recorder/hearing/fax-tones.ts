import { type PureSine, stepOf } from './tone-fit.ts'

/**
 * Tones by which fax machines make themselves known (ITU-T T.30 §4). Samples at 2 kHz show them folded, where others look
 * alike: how much they change between samples at 8 kHz tells them apart.
 */
const CALLING = {
  hz: 1100,
  foldedHz: 900,
  offHz: 50,
  isLike: (step: number) => step > stepOf(1000) && step < stepOf(2000),
}
const CALLED = {
  hz: 2100,
  foldedHz: 100,
  offHz: 25,
  isLike: (step: number) => step > stepOf(2000) && step < stepOf(3000),
}
/** The calling tone comes for half a second every three and a half, each time within 15 %. */
const BURST_MS = [425, 575] as const
const PAUSE_MS = [2550, 3450] as const
/** The tone of who was called lasts 2.6 to 4 s. */
const SHORTEST_CALLED_MS = 2600
/** Frames of 20 ms see a burst's ends so far off. */
const EDGE_MS = 45
/** Shorter breaks in a tone are lost packets. */
const SHORTEST_PAUSE_MS = 60
/** Shorter sounds are clicks, or the edges of a tone. */
const SHORTEST_SOUND_MS = 60
/** With more other sound than the echo of our beep makes, somebody is there: the shortest word takes longer. */
const MOST_OTHER_MS = 250

/** Knows a fax machine that calls: its tones and nothing else. Told of every frame that is not silence. */
export class FaxTones {
  #otherMs = 0
  #otherRunMs = 0
  #otherEnd = Number.NEGATIVE_INFINITY
  /** The burst under way or the last one. */
  #tone: typeof CALLING | undefined
  #from = Number.NEGATIVE_INFINITY
  #end = Number.NEGATIVE_INFINITY
  #steps = 0
  #frames = 0
  /** Bursts of the calling tone that were heard from beginning to end, and whether the other one was. */
  #bursts = 0
  #wasCalled = false
  #fits = true

  /** Whether it may still turn out to be one. */
  get isPossible(): boolean {
    return this.#fits && this.#otherMs <= MOST_OTHER_MS
  }

  /** @param sine what the frame is, where it is one pure tone */
  hear(atMs: number, endMs: number, sine: PureSine | undefined): void {
    const tone =
      sine && [CALLING, CALLED].find(({ foldedHz, offHz }) => Math.abs(sine.foldedHz - foldedHz) <= offHz)
    if (!tone) return this.#other(atMs, endMs)
    const pauseMs = atMs - this.#end
    if (tone !== this.#tone || pauseMs >= SHORTEST_PAUSE_MS) {
      this.#count(this.#burst)
      if (this.#tone === CALLING && tone === CALLING && !isWithin(pauseMs, PAUSE_MS)) this.#fits = false
      this.#tone = tone
      this.#from = atMs
      this.#steps = 0
      this.#frames = 0
    }
    this.#end = endMs
    this.#steps += sine.step
    this.#frames++
  }

  /** @param endMs of all that was heard */
  recognise(endMs: number): boolean {
    const last = this.#burst
    const isOver = endMs - this.#end >= SHORTEST_PAUSE_MS
    if (!this.isPossible || (last === 'other' && isOver)) return false
    return this.#bursts > 0 || this.#wasCalled || last === 'called' || (last === 'calling' && isOver)
  }

  /** Whether its tones are all that was heard, be it one that began before the take; asked when nothing has come for long. */
  get isAll(): boolean {
    const last = this.#burst
    if (!this.isPossible || last === 'other') return false
    const ms = this.#end - this.#from
    const isPart = ms >= SHORTEST_SOUND_MS && ms <= BURST_MS[1] + EDGE_MS
    return this.#bursts > 0 || this.#wasCalled || last === 'called' || isPart
  }

  /** What the last burst is, if it is over; `cut`: it may have begun before the take, or was nothing yet. */
  get #burst(): 'calling' | 'called' | 'other' | 'cut' {
    const tone = this.#tone
    if (!tone) return 'cut'
    const ms = this.#end - this.#from
    if (ms < SHORTEST_SOUND_MS) return 'cut'
    if (!tone.isLike(this.#steps / this.#frames)) return 'other'
    if (tone === CALLED) return ms >= SHORTEST_CALLED_MS - EDGE_MS ? 'called' : 'other'
    if (this.#from < SHORTEST_PAUSE_MS) return 'cut'
    return isWithin(ms, BURST_MS) ? 'calling' : 'other'
  }

  #count(burst: 'calling' | 'called' | 'other' | 'cut'): void {
    if (burst === 'calling') this.#bursts++
    if (burst === 'called') this.#wasCalled = true
    if (burst === 'other') this.#fits = false
  }

  #other(atMs: number, endMs: number): void {
    const before = atMs === this.#otherEnd ? this.#otherRunMs : 0
    this.#otherRunMs = before + endMs - atMs
    this.#otherEnd = endMs
    if (this.#otherRunMs >= SHORTEST_SOUND_MS)
      this.#otherMs += before < SHORTEST_SOUND_MS ? this.#otherRunMs : endMs - atMs
  }
}

const isWithin = (ms: number, [least, most]: readonly [number, number]) =>
  ms >= least - EDGE_MS && ms <= most + EDGE_MS
