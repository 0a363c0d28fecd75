import { setTimeout as pause } from 'node:timers/promises'
import type { RunningMachine } from '../../test/helpers/running-machine.ts'
import { openCaller } from '../../test/helpers/scripted-caller.ts'
import type { Script } from './scripts.ts'

/** 20 ms of µ-law. */
const FRAME_BYTES = 160
const SILENCE = Buffer.alloc(FRAME_BYTES, 0xff)
const LAST_WORDS_MS = 3000

interface Read {
  readonly at: number
  readonly words: readonly string[]
}

/**
 * Has a caller say this, and reads along by the API's events.
 *
 * @returns for each word how long after its end it was there, in ms; undefined: never
 */
export async function sayAndRead(
  machine: RunningMachine,
  { ulaw, words, slack }: Script,
): Promise<(number | undefined)[]> {
  const closing = new AbortController()
  const reads: Read[] = []
  const reading = read(machine, closing.signal, reads)
  await using caller = await openCaller(machine.sip)
  const sentAt: number[] = []
  let isSpeaking = false
  let isOver = () => {}
  const over = new Promise<void>((resolve) => {
    isOver = resolve
  })
  const frame = () => {
    if (!isSpeaking) return SILENCE
    const from = sentAt.length * FRAME_BYTES
    sentAt.push(performance.now())
    if (from < ulaw.length)
      return Buffer.concat([ulaw.subarray(from, from + FRAME_BYTES), SILENCE]).subarray(0, FRAME_BYTES)
    isOver()
    return SILENCE
  }
  const call = await caller.call('home', { number: 'alice', frame })
  await call.final
  call.talk()
  await machine.recording(call)
  // A writer of words has time to start, as it has while the greeting is heard.
  await pause(2000)
  isSpeaking = true
  await over
  await pause(LAST_WORDS_MS)
  call.stopTalking()
  await call.bye()
  closing.abort()
  await reading
  return words.map(({ text, endMs }, index) => {
    const spokenAt = sentAt[Math.ceil(endMs / 20)]
    const shown = reads.find((one) =>
      one.words.slice(Math.max(0, index - slack), index + slack + 1).includes(text),
    )
    return shown && spokenAt !== undefined ? Math.max(0, shown.at - spokenAt) : undefined
  })
}

async function read(machine: RunningMachine, signal: AbortSignal, into: Read[]): Promise<void> {
  try {
    const answer = await machine.api('/events', { signal })
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of answer.body ?? []) {
      const at = performance.now()
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (!line.startsWith('data:')) continue
        const event = JSON.parse(line.slice(5)) as { words?: { text: string; partial: string } }
        if (event.words)
          into.push({ at, words: `${event.words.text} ${event.words.partial}`.split(/\s+/).filter(Boolean) })
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
