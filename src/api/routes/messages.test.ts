import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const ask = (
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
  headers = {},
) =>
  desk.api.inject({
    method,
    url: `/api/v1/messages${path}`,
    headers: { ...desk.asToken, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })

describe('messages', () => {
  it('are listed newest first, page by page', async () => {
    for (let minute = 0; minute < 3; minute++) {
      await desk.leaveMessage({ callerName: `caller ${minute}` })
      desk.clock.advance(60_000)
    }
    const first = (await ask('GET', '?limit=2')).json()
    expect(first.messages.map(({ callerName }: { callerName: string }) => callerName)).toEqual([
      'caller 2',
      'caller 1',
    ])
    expect(first.messages[0]).toMatchObject({
      mailbox: 'home',
      line: 'home',
      receivedAt: '2026-01-05T09:02:00.000Z',
    })
    expect(first.messages[0]).not.toHaveProperty('file')
    const second = (await ask('GET', `?limit=2&cursor=${first.nextCursor}`)).json()
    expect(second.messages).toHaveLength(1)
    expect(second.nextCursor).toBeNull()
  })

  it('are found by text, mailbox, state and time', async () => {
    await desk.leaveMessage({ callerName: 'Grace' })
    desk.clock.advance(60_000)
    await desk.leaveMessage({ callerName: 'Alan', state: 'heard' })
    const names = async (query: string) =>
      (await ask('GET', query)).json().messages.map(({ callerName }: { callerName: string }) => callerName)
    expect(await names('?q=grac')).toEqual(['Grace'])
    expect(await names('?state=heard')).toEqual(['Alan'])
    expect(await names('?state=new,heard&mailbox=home')).toEqual(['Alan', 'Grace'])
    expect(await names('?from=2026-01-05T09:00:30Z')).toEqual(['Alan'])
    expect(await names('?before=2026-01-05T09:00:30Z')).toEqual(['Grace'])
  })

  it('that were picked up are kept when the owner says so, and are not new', async () => {
    const { id } = await desk.leaveMessage({ state: 'heard', pickedUp: 'asked' })
    expect((await ask('GET', `/${id}`)).json()).toMatchObject({ pickedUp: 'asked', kind: 'message' })
    expect((await ask('PATCH', `/${id}`, { state: 'new' })).json()).toMatchObject({ state: 'heard' })
    expect((await ask('PATCH', `/${id}`, { pickedUp: 'kept' })).json()).toMatchObject({ pickedUp: 'kept' })
    expect((await ask('PATCH', `/${id}`, { pickedUp: 'asked' })).statusCode).toBe(400)
  })

  it('refuses a question that makes no sense, and says why', async () => {
    expect((await ask('GET', '?limit=0')).json()).toEqual({
      code: 'AP_INPUT_INVALID',
      status: 400,
      message: expect.stringContaining('limit'),
    })
    expect((await ask('GET', '?state=lost')).json().message).toContain('"lost"')
    expect((await ask('GET', '?mailbox=none')).json().code).toBe('AP_NOT_FOUND')
    expect((await ask('PATCH', '/x', { state: 'trash' })).statusCode).toBe(400)
  })

  it('are marked heard and new, and get a note', async () => {
    const { id } = await desk.leaveMessage()
    expect((await ask('PATCH', `/${id}`, { state: 'heard' })).json()).toMatchObject({
      state: 'heard',
      heardAt: expect.any(String),
    })
    expect((await ask('PATCH', `/${id}`, { state: 'new', note: 'call back' })).json()).toMatchObject({
      state: 'new',
      heardAt: expect.any(String),
      note: 'call back',
    })
  })

  it('go to the trash unheard, twice if need be, come back, and go for good only from there', async () => {
    const { id } = await desk.leaveMessage()
    expect((await ask('DELETE', `/${id}?forever=1`)).json().code).toBe('AP_MESSAGE_NOT_IN_TRASH')
    expect((await ask('DELETE', `/${id}`)).statusCode).toBe(204)
    expect((await ask('DELETE', `/${id}`)).statusCode).toBe(204)
    expect((await ask('GET', '')).json().messages).toEqual([])
    expect((await ask('POST', `/${id}/restore`)).json()).toMatchObject({ state: 'new', trashedAt: null })
    await ask('DELETE', `/${id}`)
    expect((await ask('DELETE', `/${id}?forever=1`)).statusCode).toBe(204)
    expect((await ask('DELETE', `/${id}?forever=1`)).statusCode).toBe(204)
    expect((await ask('GET', `/${id}`)).statusCode).toBe(404)
  })
})

/** Calls are let through between the parts of a long answer: by a timer that is due at once. */
async function whileTimersRun<Answer>(answering: PromiseLike<Answer>): Promise<Answer> {
  let answered = false
  void answering.then(() => {
    answered = true
  })
  while (!answered) {
    await new Promise((next) => setImmediate(next))
    desk.clock.advance(0)
  }
  return answering
}

describe('many messages', () => {
  const batch = (act: string, ids: readonly string[]) => ask('POST', '/batch', { act, ids })

  it('are changed at once, and each is written down', async () => {
    const a = await desk.leaveMessage({ callerName: 'Grace' })
    const b = await desk.leaveMessage({ state: 'heard' })
    const ids = [a.id, b.id, 'gone']
    const changed = async (act: string) => (await batch(act, ids)).json().changed.sort()
    expect(await changed('heard')).toEqual([a.id])
    expect(await changed('trash')).toEqual([a.id, b.id].sort())
    expect(await changed('trash')).toEqual([])
    expect(await changed('restore')).toEqual([a.id, b.id].sort())
    await batch('trash', [a.id])
    expect(await changed('purge')).toEqual([a.id])
    expect((await ask('GET', `/${a.id}`)).statusCode).toBe(404)
    await expect.poll(() => readdirSync(join(desk.folder, 'recordings'))).toEqual([`${b.id}.wav`])
    const { rows } = await desk.store.audit.list({ messageId: a.id, limit: 50 })
    expect(rows.map(({ act }) => act).sort()).toEqual(['deleted', 'deleted', 'purged', 'restored'])
    expect(rows.find(({ act }) => act === 'purged')?.detail).toBe('Grace')
  })

  it('are all that a list would find, but for some and for what came since, and are so undone', async () => {
    const left: { readonly id: string }[] = []
    for (let minute = 0; minute < 203; minute++) {
      left.push(await desk.leaveMessage({ callerName: minute === 0 ? 'Alan' : 'Grace' }))
      desk.clock.advance(1000)
    }
    const before = new Date(desk.clock.now()).toISOString()
    const late = await desk.leaveMessage({ callerName: 'Grace' })
    const act = async (batch: object) => (await whileTimersRun(ask('POST', '/batch', batch))).json()
    const states = async () => {
      const counts = { new: 0, heard: 0, trash: 0 } as Record<string, number>
      for (const { state, count } of await desk.store.messages.counts())
        counts[state] = (counts[state] ?? 0) + count
      return counts
    }
    const [alan, spared] = left
    const done = await act({ act: 'trash', all: { q: 'grace', before }, except: [spared?.id] })
    expect(done).toEqual({ changed: [], count: 201, changedAt: before })
    expect(await states()).toEqual({ new: 3, heard: 0, trash: 201 })
    expect((await ask('GET', `/${late.id}`)).json().state).toBe('new')
    expect((await ask('GET', `/${alan?.id}`)).json().state).toBe('new')

    desk.clock.advance(1000)
    // Changed since, it stays as it is now.
    await ask('POST', `/${left[2]?.id}/restore`)
    await ask('DELETE', `/${left[2]?.id}`)
    const undone = await act({ act: 'restore', all: { state: 'trash', changedAt: done.changedAt } })
    expect(undone.count).toBe(200)
    expect(await states()).toEqual({ new: 203, heard: 0, trash: 1 })
    for (const wrong of [{}, { ids: ['a'], all: {} }, { all: { state: 'burnt' } }])
      expect((await ask('POST', '/batch', { act: 'trash', ...wrong })).json().code).toBe('AP_INPUT_INVALID')
  })

  it('are not more than a page at once', async () => {
    expect((await batch('trash', [])).json().code).toBe('AP_INPUT_INVALID')
    expect(
      (
        await batch(
          'trash',
          Array.from({ length: 201 }, (_, n) => `m${n}`),
        )
      ).statusCode,
    ).toBe(400)
    expect((await batch('burn', ['a'])).json().message).toContain('act')
  })
})

describe('the recording of a message', () => {
  const WHOLE = 16_044

  it('comes whole, with its kind, length and an entity tag', async () => {
    const { id } = await desk.leaveMessage()
    const answer = await ask('GET', `/${id}/audio`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(WHOLE),
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
    })
    expect(answer.rawPayload.subarray(0, 4).toString()).toBe('RIFF')
    const again = await ask('GET', `/${id}/audio`, undefined, { 'if-none-match': answer.headers.etag })
    expect(again.statusCode).toBe(304)
  })

  it('comes in the range asked for (RFC 9110 §14)', async () => {
    const { id } = await desk.leaveMessage()
    const part = async (range: string) => {
      const { statusCode, headers, rawPayload } = await ask('GET', `/${id}/audio`, undefined, { range })
      return [statusCode, headers['content-range'], rawPayload.length]
    }
    expect(await part('bytes=0-3')).toEqual([206, `bytes 0-3/${WHOLE}`, 4])
    expect(await part('bytes=16000-')).toEqual([206, `bytes 16000-16043/${WHOLE}`, 44])
    expect(await part('bytes=-10')).toEqual([206, `bytes 16034-16043/${WHOLE}`, 10])
    const beyond = await ask('GET', `/${id}/audio`, undefined, { range: 'bytes=99999-' })
    expect(beyond.statusCode).toBe(416)
    expect(beyond.json().code).toBe('AP_RANGE_WRONG')
  })

  it('tells its length to HEAD without a byte of it', async () => {
    const { id } = await desk.leaveMessage()
    const answer = await ask('HEAD', `/${id}/audio`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-length']).toBe(String(WHOLE))
    expect(answer.rawPayload).toHaveLength(0)
  })

  it('is saved as a file when asked for', async () => {
    const { id } = await desk.leaveMessage()
    const answer = await ask('GET', `/${id}/audio?download=1`)
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="\d{4}-\d\d-\d\d \d{4} .+\.wav"; filename\*=UTF-8''/,
    )
  })

  it.each([
    { format: 'mp3', kind: 'audio/mpeg' },
    { format: 'opus', kind: 'audio/ogg; codecs=opus' },
  ])('comes as $format, whole, and leaves no copy behind', async ({ format, kind }) => {
    vi.stubEnv('TMPDIR', desk.folder)
    const { id } = await desk.leaveMessage()
    const url = `/${id}/audio?format=${format}`
    const answer = await ask('GET', url, undefined, { range: 'bytes=0-3' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe(kind)
    expect(answer.headers['content-disposition']).toContain(`.${format}"`)
    const input = new Input({ source: new BufferSource(answer.rawPayload), formats: ALL_FORMATS })
    const track = await input.getPrimaryAudioTrack()
    expect(await track?.getCodec()).toBe(format)
    expect(await input.computeDuration()).toBeCloseTo(1, 0)
    const again = await ask('GET', url, undefined, { 'if-none-match': answer.headers.etag })
    expect(again.statusCode).toBe(304)
    await expect.poll(() => readdirSync(desk.folder).filter((name) => name.includes('encoded'))).toEqual([])
    vi.unstubAllEnvs()
  })

  it('that somebody took away is a clear error', async () => {
    const { id } = await desk.leaveMessage()
    rmSync(join(desk.folder, 'recordings', `${id}.wav`))
    expect((await ask('GET', `/${id}/audio`)).json()).toMatchObject({
      code: 'AP_RECORDING_MISSING',
      status: 410,
    })
  })
})
