import { eventually } from '../../test/helpers/processes.ts'
import type { RunningMachine } from '../../test/helpers/running-machine.ts'
import { readUlaw } from '../../test/helpers/wav-frames.ts'
import { FRAME_BYTES, frameAt, writeFrame } from '../media/frame.ts'

interface MessageRow {
  readonly id: string
  readonly callerNumber: string | null
}

/**
 * Compares every message with what its caller said: from the first frame that it holds to the last one sent, none
 * missing, repeated or out of order. Returns the frames that are wrong, a missing message counting all of its own.
 */
export async function wrongFrames(machine: RunningMachine, sent: readonly number[]): Promise<number> {
  const rows = await eventually(async () => {
    const all = await listMessages(machine)
    return all.length >= sent.length && all
  }, 60_000).catch(() => listMessages(machine))
  const byCaller = new Map(rows.map((row) => [row.callerNumber, row]))
  let wrong = 0
  for (const [call, frames] of sent.entries()) {
    const row = byCaller.get(String(call))
    if (!row) {
      wrong += frames
      continue
    }
    const audio = await machine.api(`/messages/${row.id}/audio`)
    wrong += wrongIn(readUlaw(Buffer.from(await audio.arrayBuffer())), call, frames)
  }
  return wrong
}

function wrongIn(codes: Buffer, call: number, frames: number): number {
  const expected = new Uint8Array(FRAME_BYTES)
  const held = Math.floor(codes.length / FRAME_BYTES)
  if (held === 0) return frames
  // The message begins where the beep ended; it holds all that was sent from then on.
  const first = frameAt(codes)
  let wrong = Math.abs(frames - first - held)
  for (let i = 0; i < held; i++) {
    writeFrame(call, first + i, expected, 0)
    if (Buffer.compare(codes.subarray(i * FRAME_BYTES, (i + 1) * FRAME_BYTES), expected) !== 0) wrong++
  }
  return wrong
}

async function listMessages(machine: RunningMachine): Promise<MessageRow[]> {
  const rows: MessageRow[] = []
  for (let cursor = ''; ; ) {
    const answer = await machine.api(
      `/messages?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    const page = (await answer.json()) as { messages: MessageRow[]; nextCursor: string | null }
    rows.push(...page.messages)
    if (page.nextCursor === null) return rows
    cursor = page.nextCursor
  }
}
