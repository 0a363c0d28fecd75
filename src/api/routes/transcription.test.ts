import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { addModel } from '../../sherpa/models/add-model.ts'
import type { Words } from '../../transcribe/live/live-words.ts'
import { keepTranscription } from '../../transcribe/settings.ts'

let desk: ApiDesk
let tellWords: (callId: string, words: Words) => void
const transcription = {
  wordsOf: (callId: string) => (callId === 'live' ? { text: 'Hello.', partial: 'this is' } : undefined),
  watch(onWords: typeof tellWords) {
    tellWords = onWords
    return () => {}
  },
}
beforeEach(async () => {
  desk = await openApiDesk({ transcription })
})
afterEach(() => desk[Symbol.asyncDispose]())

const ask = async (method: 'GET' | 'PATCH' | 'POST', path: string, payload?: object) => {
  const answer = await desk.api.inject({
    method,
    url: `/api/v1${path}`,
    headers: desk.asToken,
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: answer.statusCode, ...answer.json() }
}
const SEGMENTS = [
  { text: 'Hello, this is Ruth.', startMs: 100, endMs: 1500 },
  { text: 'We meet at seven.', startMs: 2100, endMs: 3000, confidence: 0.75 },
]
const say = async (id: string) => {
  await desk.store.transcripts.add(id, 0)
  const text = SEGMENTS.map((segment) => segment.text).join(' ')
  await desk.store.transcripts.settle(id, {
    ...{ state: 'done', text, segments: SEGMENTS, language: 'en', by: 'command', nextAt: null },
  })
}

describe('the settings of the transcription', () => {
  it('are off at first, and switched on by what is named', async () => {
    expect(await ask('GET', '/transcription')).toMatchObject({ by: 'off', live: true, waitSeconds: 20 })
    expect(await ask('PATCH', '/transcription', { by: 'command' })).toMatchObject({ status: 400 })
    const since = new Date(desk.clock.now()).toISOString()
    expect(await ask('PATCH', '/transcription', { command: 'tr', language: 'de-AT' })).toMatchObject({
      ...{ by: 'command', command: 'tr', language: 'de-AT', since },
    })
    expect(await ask('PATCH', '/transcription', { by: 'off' })).toMatchObject({ by: 'off', command: 'tr' })
    expect(await ask('PATCH', '/transcription', { by: 'command', older: true })).toMatchObject({
      since: '1970-01-01T00:00:00.000Z',
    })
    expect(JSON.stringify(await ask('PATCH', '/transcription', { language: 'klingon!' }))).toContain(
      'Write it like en',
    )
    expect((await ask('PATCH', '/transcription', { serverUrl: 'file:///etc/passwd' })).status).toBe(400)
  })

  it('never show the key, which is for one server alone', async () => {
    const change = { serverUrl: 'http://192.0.2.1:8000/v1', serverKey: 'very secret', serverModel: 'small' }
    const answer = await ask('PATCH', '/transcription', change)
    expect(answer).toMatchObject({ by: 'server', serverModel: 'small', hasServerKey: true })
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(JSON.stringify(await desk.store.settings.get('transcription'))).not.toContain('secret')
    expect(await ask('PATCH', '/transcription', { serverUrl: 'http://192.0.2.2' })).toMatchObject({
      hasServerKey: false,
    })
    expect(await ask('PATCH', '/transcription', { serverUrl: change.serverUrl })).toMatchObject({
      hasServerKey: true,
    })
    expect(await ask('PATCH', '/transcription', { serverKey: null })).toMatchObject({ hasServerKey: false })
  })

  it('take models that are installed', async () => {
    expect(await ask('PATCH', '/transcription', { by: 'model' })).toMatchObject({ status: 400 })
    expect(await ask('PATCH', '/transcription', { speechModel: 'none' })).toMatchObject({
      ...{ status: 404, code: 'AP_SPEECH_MODEL_MISSING' },
    })
    const from = join(import.meta.dirname, '../../../test/helpers/speech-model/tiny-streaming.tar.bz2')
    const tryOut = async () => ({ text: '', tookMs: 1, soundMs: 1 })
    const { models } = keepTranscription(desk.store, desk.folder)
    await addModel(models, { from, tryOut, clock: desk.clock })
    expect(await ask('PATCH', '/transcription', { speechModel: 'tiny-streaming' })).toMatchObject({
      ...{ by: 'model', speechModel: 'tiny-streaming' },
      speechModels: [{ name: 'tiny-streaming', kind: 'streaming-nemo-ctc', isStreaming: true }],
    })
  })

  it('are for owners to change', async () => {
    const headers = await desk.logIn('mia', 'member')
    const answer = await desk.api.inject({
      ...{ method: 'PATCH', url: '/api/v1/transcription', headers, payload: { by: 'off' } },
    })
    expect(answer.statusCode).toBe(403)
  })
})

describe('what was said in a message', () => {
  it('comes with it, and with times by itself', async () => {
    const { id } = await desk.leaveMessage()
    expect(await ask('GET', `/messages/${id}`)).toMatchObject({ transcript: null, hit: null })
    expect((await ask('GET', `/messages/${id}/transcript`)).status).toBe(404)
    await say(id)
    const transcript = { state: 'done', text: 'Hello, this is Ruth. We meet at seven.', by: 'command' }
    expect(await ask('GET', `/messages/${id}`)).toMatchObject({ transcript, hit: null })
    expect(await ask('GET', `/messages/${id}/transcript`)).toMatchObject({
      ...transcript,
      segments: SEGMENTS,
    })
  })

  it('has numbers, days and times marked', async () => {
    const { id } = await desk.leaveMessage()
    await say(id)
    const { segments } = await ask('GET', `/messages/${id}/transcript`)
    expect(segments.map(({ marks }: { marks: object[] }) => marks)).toEqual([
      [],
      [{ kind: 'moment', start: 8, end: 16, at: expect.any(String), isWholeDay: false }],
    ])
  })

  it('makes an entry for a calendar', async () => {
    const { id } = await desk.leaveMessage()
    await say(id)
    const url = `/api/v1/messages/${id}/calendar?at=2026-11-28T18:00:00.000Z`
    const { headers, body } = await desk.api.inject({ url, headers: desk.asToken })
    expect(headers['content-type']).toContain('text/calendar')
    expect(body).toContain('DTSTART:20261128T180000Z\r\n')
    expect(body).toContain('SUMMARY:Grace\r\n')
    expect(body).toContain('We meet at seven.')
  })

  it('is found by its words, and says where they are', async () => {
    const { id } = await desk.leaveMessage()
    await desk.leaveMessage()
    await say(id)
    const { messages } = await ask('GET', '/messages?q=meet%20sev')
    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatchObject({ id, hit: { text: 'We meet at seven.', startMs: 2100 } })
    expect((await ask('GET', '/messages?q=grace')).messages.map(({ hit }: { hit: unknown }) => hit)).toEqual([
      null,
      null,
    ])
  })

  it('is written down at a word, where somebody can', async () => {
    const { id } = await desk.leaveMessage()
    expect(await ask('POST', `/messages/${id}/transcribe`)).toMatchObject({
      status: 409,
      code: 'AP_TRANSCRIPTION_OFF',
    })
    await ask('PATCH', '/transcription', { command: 'tr' })
    expect(await ask('POST', `/messages/${id}/transcribe`)).toMatchObject({ state: 'waiting', text: '' })
    expect((await ask('POST', '/messages/none/transcribe')).status).toBe(404)
    expect((await ask('GET', '/transcription')).counts).toEqual({
      waiting: 1,
      partial: 0,
      done: 0,
      failed: 0,
    })
  })

  it('goes with a copy of the message', async () => {
    const other = { ...(await desk.store.mailboxes.list())[0], name: 'office' }
    await desk.store.mailboxes.add(other as Parameters<typeof desk.store.mailboxes.add>[0])
    const { id } = await desk.leaveMessage()
    await say(id)
    const { copy } = await ask('POST', `/messages/${id}/forward`, { mailbox: 'office' })
    expect((await ask('GET', `/messages/${copy.id}`)).transcript).toMatchObject({ state: 'done' })
    // The words, and the marks in them, are those of the message.
    const words = await ask('GET', `/messages/${id}/transcript`)
    expect(words.segments.flatMap(({ marks }: { marks: object[] }) => marks)).not.toEqual([])
    expect(await ask('GET', `/messages/${copy.id}/transcript`)).toEqual(words)
  })
})
