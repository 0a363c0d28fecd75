import { type Links, readLinks, readPackets, type StoredPacket } from './audio-record.ts'
import type { Extent } from './journal.ts'
import { type JournalRecord, recordKind } from './record.ts'
import type { SegmentReader } from './segment-reader.ts'

/** The packets of a take in order of arrival. A record that can't be read is left out: a gap. */
export function* readExtent(extent: Extent, reader: SegmentReader): Generator<StoredPacket> {
  for (const links of chain(extent, reader)) {
    for (let i = 0; i < links.length; i += 2) {
      const record = recordAt(extent, reader, links, i)
      if (record) yield* readPackets(record.body)
    }
  }
}

/** All links of the take, oldest first: walked back from the newest (see audio-record.ts). */
function chain(extent: Extent, reader: SegmentReader): Links[] {
  const all: Links[] = []
  for (let links = extent.links; links.length > 0; ) {
    all.unshift(links)
    const first = recordAt(extent, reader, links, 0)
    links = first ? readLinks(first.body) : new Uint32Array()
  }
  return all
}

function recordAt(
  extent: Extent,
  reader: SegmentReader,
  links: Links,
  at: number,
): JournalRecord | undefined {
  const path = extent.segments.get(links[at] ?? 0)
  if (path === undefined) return undefined
  const record = reader.read(path, links[at + 1] ?? 0)
  const isOurs = record?.run === extent.run && record.take === extent.take && record.kind === recordKind.audio
  return isOurs ? record : undefined
}
