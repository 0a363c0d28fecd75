import { expect, it } from 'vitest'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'
import { transcribe, wordsHeard } from '../helpers/speech.ts'

/** What the README promises within the first minute: the machine as it comes, and its own test caller. */
describeWith(['sox', 'pocketsphinx_continuous'], 'a machine as it comes', () => {
  it('takes a test call: the message is listed, in the API and understood', async () => {
    await using machine = await startMachine({ flags: ['--sips', '127.0.0.1:0'] })
    // Two at once: the one as it comes, the other by TLS and SRTP.
    const [said, secured] = await Promise.all([
      machine.cli('call', 'home'),
      machine.cli('call', 'home', '--tls', '--srtp', '--from', '+4930999'),
    ])
    expect(said).toMatch(/answered/i)
    expect(secured).toMatch(/answered, encrypted/i)

    const rows = await eventually(async () => {
      const rows = await machine.list<{
        id: string
        state: string
        durationMs: number
        callerNumber: string
      }>('messages', 'list')
      return rows.length > 1 && rows
    })
    const [row, other] = rows.toSorted((a, b) => a.callerNumber.localeCompare(b.callerNumber))
    expect(other).toMatchObject({ callerNumber: '+4930999' })
    expect(other?.durationMs).toBeGreaterThan(6000)
    await machine.cli('messages', 'trash', other?.id ?? '')
    expect(row?.state).toBe('new')
    expect(row?.durationMs).toBeGreaterThan(6000)

    const listed = (await (await machine.api('/messages')).json()) as { messages: { id: string }[] }
    expect(listed.messages.map(({ id }) => id)).toEqual([row?.id])
    const audio = await machine.api(`/messages/${row?.id}/audio`)
    expect(audio.headers.get('content-type')).toBe('audio/wav')
    const heard = await transcribe(Buffer.from(await audio.arrayBuffer()))
    const words = ['hello', 'call', 'garden', 'party', 'tomorrow', 'seven', 'please', 'back']
    expect(wordsHeard(heard, words).length, heard).toBeGreaterThanOrEqual(6)

    // Deleted unheard, and back again.
    await machine.cli('messages', 'trash', row?.id ?? '')
    expect(await machine.list('messages', 'list')).toEqual([])
    await machine.cli('messages', 'restore', row?.id ?? '')
    expect(await machine.list('messages', 'list')).toMatchObject([{ id: row?.id, state: 'new' }])
    expect(await machine.process.stop()).toBe(0)
  })
})
