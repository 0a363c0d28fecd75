import { isLit, SEGMENTS, type Segment } from '../format/seven-segments.ts'

const ALL = Object.keys(SEGMENTS) as Segment[]

/** One place of the lamp's display; without a digit its segments are only there, dark behind the glass. */
export function SevenSegment({ digit }: { readonly digit: number | undefined }) {
  return (
    <svg class="segments" viewBox="-8 -2 76 104" aria-hidden="true">
      <g transform="skewX(-5) translate(5 0)">
        {ALL.map((segment) => (
          <path
            key={segment}
            d={SEGMENTS[segment]}
            class={digit !== undefined && isLit(digit, segment) ? 'segment segment-lit' : 'segment'}
          />
        ))}
      </g>
    </svg>
  )
}
