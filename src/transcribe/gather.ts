import type { Segment } from '../store/transcript.ts'
import type { Heard } from './transcriber.ts'

/** What has been said so far. */
export interface Gathered {
  readonly segments: readonly Segment[]
  /** What is being said now is taken for this. */
  readonly partial: string
  readonly language: string | null
}

/** A message has fewer; who writes more writes nonsense. */
const MOST_SEGMENTS = 5000

export const NOTHING_GATHERED: Gathered = { segments: [], partial: '', language: null }

/** Pure. */
export function gather(before: Gathered, heard: Heard): Gathered {
  switch (heard.kind) {
    case 'partial':
      return { ...before, partial: heard.text }
    case 'language':
      return { ...before, language: heard.language }
    case 'segment':
      if (before.segments.length >= MOST_SEGMENTS) return before
      return { ...before, segments: [...before.segments, heard.segment], partial: '' }
  }
}

export const textOf = (segments: readonly Segment[]): string => segments.map(({ text }) => text).join(' ')
