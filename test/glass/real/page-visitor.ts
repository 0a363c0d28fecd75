import { sleep } from '../../helpers/processes.ts'
import type { RunningMachine } from '../../helpers/running-machine.ts'

/** An open page. */
export interface PageVisitor {
  /** Closes the page. Resolves with how many bytes of sound it has played, and how many levels of callers it was told. */
  leave(): Promise<{ readonly played: number; readonly levels: number }>
}

/**
 * What an open page does: it follows the events and reads the lists that they speak of, as web/src/state/connection.ts
 * has it, watches how loud the caller on its line is, and at some moment within so long plays the oldest message and
 * deletes it.
 */
export async function visitPage(
  machine: RunningMachine,
  line: string,
  withinMs: number,
  random: () => number,
): Promise<PageVisitor> {
  const leaving = new AbortController()
  const events = await machine.api('/events', { signal: leaving.signal })
  const read = async (path: string) => (await machine.api(path)).json()
  const watched = new Map<string, Promise<number>>()
  const follow = async () => {
    for await (const chunk of events.body ?? []) {
      const text = Buffer.from(chunk).toString()
      for (const [, id = '', on] of text.matchAll(RECORDING))
        if (on === line && !watched.has(id)) watched.set(id, watchLevels(machine, id, leaving.signal))
      if (text.includes('event: call-ended')) await read('/calls')
      if (/event: message(?:-added|s-changed)/.test(text)) await read('/messages')
    }
  }
  const play = async () => {
    await sleep(random() * withinMs * 0.7)
    const { messages } = (await read('/messages')) as { messages: { id: string }[] }
    const path = `/messages/${messages.at(-1)?.id}`
    if (messages.length === 0) return 0
    const audio = await (await machine.api(`${path}/audio`)).arrayBuffer()
    await sleep(random() * withinMs * 0.3)
    await machine.api(path, { method: 'DELETE' })
    return audio.byteLength
  }
  const following = follow().catch(() => {})
  const playing = play()
  return {
    async leave() {
      const played = await playing
      leaving.abort()
      await following
      const levels = await Promise.all(watched.values())
      return { played, levels: levels.reduce((sum, told) => sum + told, 0) }
    },
  }
}

const RECORDING = /"call":{"id":"(\w+)","line":"([^"]+)".*"phase":"recording"/g

/** Resolves with how many were told, once the message is over or the page left. */
async function watchLevels(machine: RunningMachine, call: string, signal: AbortSignal): Promise<number> {
  let text = ''
  try {
    const levels = await machine.api(`/levels?calls=${call}`, { signal })
    for await (const chunk of levels.body ?? []) text += Buffer.from(chunk).toString()
  } catch {
    // The page was left.
  }
  return text.split('event: level').length - 1
}
