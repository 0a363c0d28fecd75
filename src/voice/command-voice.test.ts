import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { readWav } from '../media/wav/read-wav.ts'
import { writeWav } from '../media/wav/write-wav.ts'
import { commandVoice } from './command-voice.ts'

/** Writes as many samples as the text has characters. */
const COUNTING = `${process.execPath} -e '
  let text = ""
  process.stdin.on("data", (part) => { text += part })
  process.stdin.on("end", () => {
    const wav = Buffer.from("${Buffer.from(writeWav(new Int16Array(0), 16_000)).toString('hex')}", "hex")
    wav.writeUInt32LE(2 * text.length, 40)
    process.stdout.write(Buffer.concat([wav, Buffer.alloc(2 * text.length)]))
  })'`

describe('the voice of a command', () => {
  it('gets the text on its standard input, whatever stands there, and gives what it wrote', async () => {
    const voice = commandVoice(COUNTING, fakeClock())
    const text = `Grüß Gott; $(rm -rf x) \`y\` "'\n`.repeat(100)
    const wav = readWav(await voice.speak(text, 'en'))
    expect([wav.samples.length, wav.sampleRate]).toEqual([text.length, 16_000])
  })

  it('knows the language of the text', async () => {
    const named = `lang={lang}; test "$lang" = de && ${COUNTING}`
    await expect(commandVoice(named, fakeClock()).speak('Grüß Gott', 'de')).resolves.toBeDefined()
    await expect(commandVoice(named, fakeClock()).speak('Hello', 'en')).rejects.toMatchObject({
      code: 'AP_VOICE_FAILED',
    })
  })

  it('that fails, says nothing or takes too long is told of', async () => {
    const clock = fakeClock()
    const why = (command: string) =>
      expect(commandVoice(command, clock).speak('hello', 'en')).rejects.toMatchObject({
        code: 'AP_VOICE_FAILED',
        message: expect.any(String),
      })
    await why('echo no voice here >&2; exit 3')
    await why('true')
    await why('no-such-command-at-all')
    const slow = commandVoice('sleep 600 | cat', clock).speak('hello', 'en')
    clock.advance(60_000)
    await expect(slow).rejects.toMatchObject({ message: expect.stringContaining('60 s') })
  })
})
