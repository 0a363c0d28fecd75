import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { textOf } from '../gather.ts'
import { describeTranscriber, listenTo } from '../transcriber.contract.ts'
import { commandTranscriber } from './command-transcriber.ts'
import { runCommand } from './run-command.ts'

const script = join(import.meta.dirname, '../../../test/helpers/scripted-transcriber.ts')
const scripted = `exec ${process.execPath} ${script}`
const texts = ['sentence 1', 'sentence 2'] as const

describeTranscriber('command', async () => ({
  transcriber: commandTranscriber(scripted, 16_000),
  texts,
  async [Symbol.asyncDispose]() {},
}))
describeTranscriber('command that wants a file', async () => ({
  transcriber: commandTranscriber(`tail -c +45 "$WAV" | ${scripted}`, 8000),
  texts,
  async [Symbol.asyncDispose]() {},
}))
describe('a command', () => {
  const run = (command: string, isLive = false) => listenTo(commandTranscriber(command, 8000), { isLive })

  it('may say where words stand as whisper.cpp does', async () => {
    const line = '[00:00:00.500 --> 00:00:02.500]   Hello there.'
    const { gathered } = await run(`cat > /dev/null; echo '${line}'`)
    expect(gathered.segments).toEqual([{ text: 'Hello there.', startMs: 500, endMs: 2500 }])
  })

  it('may say nothing but words, which are placed where somebody speaks', async () => {
    const { gathered } = await run(`cat > /dev/null; printf '[MUSIC]\\nsix six six\\n\\nthree\\n'`)
    expect(
      gathered.segments.map(({ text, startMs }) => [
        text,
        Math.abs(startMs - (text === 'three' ? 3500 : 500)) < 300,
      ]),
    ).toEqual([
      ['six six six', true],
      ['three', true],
    ])
  })

  it('is given a pipe that can be opened by name', async () => {
    const { gathered } = await run('wc -c /dev/stdin')
    expect(textOf(gathered.segments)).toMatch(/^80000\b/)
  })

  it('is given the rate, the language, and whether it is live; and a WAV file where it wants one', async () => {
    const { gathered } = await run(
      'cat > /dev/null; echo "$ANSWERPHONE_SAMPLE_RATE $ANSWERPHONE_LANGUAGE $ANSWERPHONE_LIVE"',
    )
    expect(textOf(gathered.segments)).toBe('8000 en 0')
    const folder = mkdtempSync(join(tmpdir(), 'transcriber-test-'))
    const { gathered: filed } = await run(`cp "$WAV" ${folder}/copy.wav; echo "$WAV"`)
    expect(existsSync(textOf(filed.segments))).toBe(false)
    expect(readFileSync(join(folder, 'copy.wav')).length).toBe(80_044)
  })

  it('has little priority', async () => {
    const { gathered } = await run('cat > /dev/null; nice')
    expect(textOf(gathered.segments)).toBe('19')
  })

  it('fails with what it complained of', async () => {
    await expect(run('cat > /dev/null; echo "no model" >&2; exit 3')).rejects.toMatchObject({
      code: 'AP_TRANSCRIBER_FAILED',
      details: { why: 'it ended with 3: no model' },
    })
    await expect(run('/nowhere/at/all')).rejects.toMatchObject({ code: 'AP_TRANSCRIBER_FAILED' })
  })

  it('may end without having read, and write without end', async () => {
    expect((await run('echo done', true)).gathered.segments).toHaveLength(1)
    const unread = runCommand('echo done', { env: {}, signal: AbortSignal.timeout(10_000) })
    // More than all pipes hold, so that it waits for somebody to read.
    for (let time = 0; time < 4; time++) await unread.write(new Int16Array(1 << 20))
    unread.endInput()
    const lines: string[] = []
    for await (const line of unread.lines) lines.push(line)
    expect(lines).toEqual(['done'])
    await expect(run('yes | tr -d "\\n"')).rejects.toMatchObject({ code: 'AP_TRANSCRIBER_FAILED' })
    await expect(run('yes')).rejects.toMatchObject({ code: 'AP_TRANSCRIBER_FAILED' })
  })

  it('is killed with all that it has started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'transcriber-test-'))
    const ending = new AbortController()
    const command = `sh -c 'echo $$ > ${folder}/pid; sleep 60' | cat`
    setTimeout(() => ending.abort(), 300)
    const listening = listenTo(commandTranscriber(command, 8000), { isLive: false, signal: ending.signal })
    await expect(listening).rejects.toThrow()
    const pid = readFileSync(join(folder, 'pid'), 'utf8').trim()
    expect(existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z')).toBe(
      false,
    )
  })
})
