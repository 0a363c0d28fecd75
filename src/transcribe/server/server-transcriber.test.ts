import { describe, expect, it } from 'vitest'
import { startTranscriptionServer } from '../../../test/helpers/transcription-server.ts'
import { textOf } from '../gather.ts'
import { describeTranscriber, listenTo } from '../transcriber.contract.ts'
import { endpointOf } from './post-audio.ts'
import { serverTranscriber } from './server-transcriber.ts'

const texts = ['sentence 1.', 'sentence 2.'] as const
const open = async () => {
  const server = await startTranscriptionServer()
  const transcriber = serverTranscriber({ url: server.url, key: 'secret', model: 'tiny' })
  return { server, transcriber, texts, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

describeTranscriber('server', open)
describeTranscriber('server whose model tells no times', async () => {
  const tried = await open()
  tried.server.plain = true
  return tried
})

describe('a transcription server', () => {
  it('is found by the base of its API, or by all of its address', () => {
    const whole = 'http://192.0.2.1:8000/v1/audio/transcriptions'
    for (const url of ['http://192.0.2.1:8000', 'http://192.0.2.1:8000/v1/', whole])
      expect(endpointOf(url)).toBe(whole)
    expect(endpointOf('https://example.org/openai/v1?api-version=1')).toBe(
      'https://example.org/openai/v1/audio/transcriptions?api-version=1',
    )
  })

  it('gets the whole message with model, language and key', async () => {
    await using tried = await open()
    const { gathered } = await listenTo(tried.transcriber, { isLive: false })
    expect(tried.server.posted).toEqual([
      {
        path: '/v1/audio/transcriptions',
        authorization: 'Bearer secret',
        fields: { model: 'tiny', response_format: 'verbose_json', language: 'en' },
        durationMs: 5000,
      },
    ])
    expect(gathered.segments[0]).toMatchObject({ startMs: 500, endMs: 2500, confidence: Math.exp(-0.5) })
    expect(gathered.language).toBe('english')
  })

  it('gets each sentence at its pause while somebody speaks, and parts of it before', async () => {
    await using tried = await open()
    const { heard } = await listenTo(tried.transcriber, { isLive: true })
    expect(heard[0]).toMatchObject({ kind: 'partial', text: 'sentence 1.' })
    expect(Math.max(...tried.server.posted.map(({ durationMs }) => durationMs))).toBeLessThan(3000)
  })

  it('is asked again where it may be better later, and not where it refuses', async () => {
    await using tried = await open()
    const failure = async (status: number, body = 'why') => {
      tried.server.answer = { status, body }
      return listenTo(tried.transcriber, { isLive: false }).then(
        () => 'none',
        (error: { code: string }) => error.code,
      )
    }
    expect(await failure(503)).toBe('AP_TRANSCRIBER_UNREACHABLE')
    expect(await failure(429)).toBe('AP_TRANSCRIBER_UNREACHABLE')
    expect(await failure(401)).toBe('AP_TRANSCRIBER_LOGIN_REFUSED')
    expect(await failure(400)).toBe('AP_TRANSCRIBER_REFUSED')
    expect(await failure(404)).toBe('AP_TRANSCRIBER_REFUSED')
    expect(await failure(200, '<html>')).toBe('AP_TRANSCRIBER_REFUSED')
    expect(await failure(200, '{}')).toBe('AP_TRANSCRIBER_REFUSED')
    expect(await failure(200, `{"text":"${'x'.repeat(5_000_000)}"}`)).toBe('AP_TRANSCRIBER_REFUSED')
    expect(await failure(200, '{"text":""}')).toBe('none')
    await tried.server[Symbol.asyncDispose]()
    expect(await failure(200)).toBe('AP_TRANSCRIBER_UNREACHABLE')
  })

  it('does not send its key elsewhere', async () => {
    await using tried = await open()
    await using other = await startTranscriptionServer()
    tried.server.answer = { status: 307, body: '' }
    await expect(listenTo(tried.transcriber, { isLive: false })).rejects.toThrow()
    expect(other.posted).toEqual([])
  })

  it('is not believed where it says itself that nobody spoke', async () => {
    await using tried = await open()
    const segment = { text: 'Thanks for watching!', start: 0, end: 2, no_speech_prob: 0.95 }
    tried.server.answer = { status: 200, body: JSON.stringify({ text: segment.text, segments: [segment] }) }
    const { gathered } = await listenTo(tried.transcriber, { isLive: false })
    expect(textOf(gathered.segments)).toBe('')
  })
})
