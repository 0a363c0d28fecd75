import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'

const DAY = 86_400_000
let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const ask = (method: 'GET' | 'PATCH', path: string, payload?: object) =>
  desk.api.inject({
    method,
    url: `/api/v1${path}`,
    headers: desk.asToken,
    ...(payload === undefined ? {} : { payload }),
  })

describe('storage', () => {
  it('tells the room that recordings take, and what each mailbox holds and keeps', async () => {
    await desk.leaveMessage()
    await desk.leaveMessage({ state: 'heard' })
    await desk.leaveMessage({ state: 'trash', stateBeforeTrash: 'new', trashedAt: 1 })
    await desk.leaveMessage({ state: 'junk' })
    await ask('PATCH', '/mailboxes/home', { keepHeardDays: 90 })
    expect((await ask('GET', '/storage')).json()).toMatchObject({
      recordings: { bytes: 4 * 16_044, files: 4 },
      mailboxes: [
        {
          name: 'home',
          newMessages: 1,
          heardMessages: 1,
          junkMessages: 1,
          trashMessages: 1,
          keepNewDays: null,
          keepHeardDays: 90,
          keepJunkDays: 30,
          keepTrashDays: 30,
        },
      ],
      keepCallsDays: null,
      callsSince: null,
    })
  })

  it('says how many messages a mailbox would put away, before anything is changed', async () => {
    const longAgo = desk.clock.now() - 91 * DAY
    await desk.leaveMessage({ state: 'heard', receivedAt: longAgo, heardAt: longAgo })
    await desk.leaveMessage({ receivedAt: longAgo })
    const retired = async (query: string) => (await ask('GET', `/mailboxes/home/retired?${query}`)).json()
    expect(await retired('')).toEqual({ trashed: 0, purged: 0 })
    expect(await retired('keepHeardDays=90')).toEqual({ trashed: 1, purged: 0 })
    expect(await retired('keepHeardDays=90&keepNewDays=90')).toEqual({ trashed: 2, purged: 0 })
    expect(await retired('keepHeardDays=never&keepNewDays=92')).toEqual({ trashed: 0, purged: 0 })
    await desk.leaveMessage({ state: 'junk', receivedAt: longAgo })
    expect(await retired('keepJunkDays=90')).toEqual({ trashed: 1, purged: 0 })
    expect(await retired('keepJunkDays=never')).toEqual({ trashed: 0, purged: 0 })
    expect((await ask('GET', '/mailboxes/home/retired?keepHeardDays=soon')).statusCode).toBe(400)
    expect((await ask('GET', '/mailboxes/none/retired')).statusCode).toBe(404)
    expect((await desk.store.messages.counts()).map(({ state }) => state)).toEqual(['heard', 'junk', 'new'])
  })

  it.each([{ keepHeardDays: 0 }, { keepNewDays: -1 }, { keepTrashDays: 4000 }, { keepHeardDays: 1.5 }])(
    'refuses %j',
    async (change) => {
      expect((await ask('PATCH', '/mailboxes/home', change)).json().code).toBe('AP_INPUT_INVALID')
    },
  )

  it('keeps calls and acts for good, or for as long as one says', async () => {
    const changed = await ask('PATCH', '/storage', { keepCallsDays: 365 })
    expect(changed.json()).toMatchObject({ keepCallsDays: 365, keepAuditDays: null })
    expect((await ask('PATCH', '/storage', { keepAuditDays: 30 })).json()).toMatchObject({
      keepCallsDays: 365,
      keepAuditDays: 30,
    })
    expect((await ask('PATCH', '/storage', { keepCallsDays: null })).json().keepCallsDays).toBeNull()
  })
})
