import type { LegStatistics, Quality } from '../api/contract.ts'
import { showLadder } from '../api/views/ladder.ts'
import { formatLength } from '../shared/length.ts'
import { utf8 } from '../trace/describe-message.ts'
import { clean, drawLadder, labelOf, nameOf, placeText, seconds } from '../trace/draw-ladder.ts'
import { sketch } from '../trace/sketch.ts'
import type { Trace } from '../trace/trace.ts'
import { localTime } from './moment.ts'

/** A ladder in a line's width unless the terminal says otherwise. */
const USUAL_WIDTH = 100

/** A trace for people: the drawing, what is missing of it, and how the sound was. */
export function ladderText(trace: Trace, columns: number | undefined): string {
  const { startedAt, statistics, omitted } = showLadder(trace)
  const { messages } = omitted
  return [
    `${trace.kind === 'call' ? 'Call' : 'House call'} ${trace.id}, ${localTime(startedAt)}${trace.endedAt === null ? ', going on' : ''}`,
    '',
    ...drawLadder(sketch(trace), columns ?? USUAL_WIDTH),
    ...(messages > 0 ? ['', `${messages} more messages were not kept (${omitted.bytes} bytes).`] : []),
    ...statistics.flatMap((leg) => ['', ...statisticsText(leg)]),
    '',
  ].join('\n')
}

/** Whole messages, in order, each under a line that says when and whence. */
export function messagesText(trace: Trace): string {
  return sketch(trace)
    .arrows.map((arrow) => {
      const { direction, local, remote, transport, text } = arrow.message
      const [from, to] = direction === 'in' ? [remote, local] : [local, remote]
      const way = `${placeText(from)} → ${placeText(to)} ${transport}`
      const lines = utf8(text).split(/\r?\n/).map(clean)
      return `── ${seconds(arrow.afterMs)} ${way}  ${labelOf(arrow)}\n\n${lines.join('\n').trimEnd()}\n`
    })
    .join('\n')
}

function statisticsText(leg: LegStatistics): string[] {
  const { received, sent, lost, late, jitterMs, longestGapMs, reported, quality } = leg
  const expected = received.packets + lost
  const heard =
    received.packets === 0
      ? 'nothing came'
      : [
          `${received.packets} packets`,
          `${percent(lost / expected)} lost`,
          ...(late > 0 ? [`${late} late`] : []),
          `jitter ${milliseconds(jitterMs)}`,
          `longest gap ${milliseconds(longestGapMs)}`,
        ].join(', ') + verdict(quality)
  const told = reported
    ? `; they report ${percent(reported.lostShare)} lost, jitter ${milliseconds(reported.jitterMs)}` +
      (reported.roundTripMs === null ? '' : `, round trip ${milliseconds(reported.roundTripMs)}`) +
      verdict(reported.quality)
    : '; they sent no report'
  return [
    `Sound of ${nameOf(leg)}, ${leg.codec}, ${formatLength(leg.durationMs)}`,
    `  heard  ${heard}`,
    `  sent   ${sent.packets} packets${told}`,
  ]
}

const verdict = (quality: Quality | null): string =>
  quality === null ? '' : `: ${quality.verdict} (${quality.mos.toFixed(1)})`

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
