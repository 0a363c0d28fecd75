import { utf8 } from '../../trace/describe-message.ts'
import { heardQuality, type Quality, sentQuality } from '../../trace/e-model.ts'
import { type Arrow, sketch } from '../../trace/sketch.ts'
import type { LegStatistics, Trace } from '../../trace/trace.ts'
import type { Ladder, LadderMessage, LegStatistics as LegStatisticsView } from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'

/** What went over the wire for a call, as the API shows it. */
export function showLadder(trace: Trace): Ladder {
  const { columns, arrows } = sketch(trace)
  return {
    id: trace.id,
    kind: trace.kind,
    startedAt: iso(trace.startedAt),
    endedAt: isoOrNull(trace.endedAt),
    parties: columns.map((column) => ({ ...column })),
    messages: arrows.map(showArrow),
    omitted: trace.omitted,
    statistics: trace.statistics.map(showStatistics),
  }
}

function showArrow({ message, ...arrow }: Arrow): LadderMessage {
  const { at, direction, local, remote, transport, text } = message
  const [source, destination] = direction === 'in' ? [remote, local] : [local, remote]
  return {
    ...arrow,
    at: iso(at),
    afterMs: rounded(arrow.afterMs),
    transport,
    source,
    destination,
    text: utf8(text),
  }
}

function showStatistics(leg: LegStatistics): LegStatisticsView {
  const sent = sentQuality(leg)
  const heard = heardQuality(leg)
  return {
    ...leg,
    durationMs: Math.round(leg.durationMs),
    jitterMs: rounded(leg.jitterMs),
    longestGapMs: rounded(leg.longestGapMs),
    quality: heard ? inShort(heard) : null,
    reported:
      leg.reported && sent
        ? {
            lostShare: leg.reported.lostShare,
            jitterMs: rounded(leg.reported.jitterMs),
            roundTripMs: leg.reported.roundTripMs === null ? null : rounded(leg.reported.roundTripMs),
            quality: inShort(sent),
          }
        : null,
  }
}

/** More digits than that would promise too much. */
const inShort = ({ mos, verdict }: Quality): Quality => ({ mos: Math.round(mos * 10) / 10, verdict })

const rounded = (ms: number): number => Math.round(ms * 10) / 10
