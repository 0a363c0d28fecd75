import { sleep } from '../../helpers/processes.ts'
import type { RunningMachine } from '../../helpers/running-machine.ts'

/** An open page. */
export interface PageVisitor {
  /** Closes the page; resolves with how many bytes of sound it has played. */
  leave(): Promise<number>
}

/**
 * What an open page does: it follows the events and reads the lists that they speak of, as web/src/state/connection.ts
 * has it, and at some moment within so long plays the oldest message and deletes it.
 */
export async function visitPage(
  machine: RunningMachine,
  withinMs: number,
  random: () => number,
): Promise<PageVisitor> {
  const leaving = new AbortController()
  const events = await machine.api('/events', { signal: leaving.signal })
  const read = async (path: string) => (await machine.api(path)).json()
  const follow = async () => {
    for await (const chunk of events.body ?? []) {
      const text = Buffer.from(chunk).toString()
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
      return played
    },
  }
}
