import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
  for (const name of ['evening', 'holiday'])
    await desk.store.greetings.add({
      id: `id-${name}`,
      name,
      file: `${name}.wav`,
      durationMs: 1,
      createdAt: 0,
    })
})
afterEach(() => desk[Symbol.asyncDispose]())

const change = async (payload: object) =>
  (
    await desk.api.inject({
      method: 'PATCH',
      url: '/api/v1/mailboxes/home',
      headers: desk.asToken,
      payload,
    })
  ).json()
const evening = { kind: 'week', days: ['mon', 'thu'], from: '18:00', to: '08:00', greeting: 'evening' }
const holiday = { kind: 'dates', from: '2026-12-24', to: '2027-01-02', greeting: 'holiday' }

describe('the schedule of a mailbox', () => {
  it('is kept with the ids of its greetings, and tells what callers hear now and next', async () => {
    const thursdayNight = Date.parse('2026-11-26T20:00Z')
    desk.clock.jump(thursdayNight - desk.clock.now())
    const box = await change({ timeZone: 'Europe/Berlin', schedule: [holiday, evening] })
    expect(box).toMatchObject({
      timeZone: 'Europe/Berlin',
      schedule: [
        { ...holiday, greeting: 'id-holiday', gone: false },
        { ...evening, greeting: 'id-evening', gone: false },
      ],
      heard: {
        greeting: 'id-evening',
        entry: 1,
        until: '2026-11-27T07:00:00.000Z',
        next: null,
        timeZone: 'Europe/Berlin',
      },
    })
    expect((await change({ timeZone: null })).heard.timeZone).toBe(
      new Intl.DateTimeFormat().resolvedOptions().timeZone,
    )
  })

  it('says of which greetings it was bereft, and may keep them while others change', async () => {
    await change({ schedule: [holiday, evening] })
    await desk.store.greetings.remove('id-holiday')
    const [gone, there] = (await change({ longestSeconds: 60 })).schedule
    expect([gone.gone, there.gone]).toEqual([true, false])
    const again = await change({ schedule: [{ ...holiday, greeting: 'id-holiday' }] })
    expect(again.schedule).toMatchObject([{ greeting: 'id-holiday', gone: true }])
    expect(await change({ schedule: [{ ...holiday, greeting: 'another' }] })).toMatchObject({
      code: 'AP_NOT_FOUND',
    })
  })

  it.each([
    ['write times like 08:30', { schedule: [{ ...evening, from: '24:00' }] }],
    ['choose at least one day', { schedule: [{ ...evening, days: [] }] }],
    ['write days like 2026-12-24', { schedule: [{ ...holiday, from: '2026-02-30' }] }],
    ['the last day is before the first', { schedule: [{ ...holiday, to: '2026-12-23' }] }],
    ['at most 50 entries', { schedule: Array.from({ length: 51 }, () => evening) }],
    ['no time zone of that name', { timeZone: 'Europe/Atlantis' }],
  ])('refuses what makes no sense: %s', async (why, payload) => {
    expect(await change(payload)).toMatchObject({
      code: 'AP_INPUT_INVALID',
      message: expect.stringContaining(why),
    })
  })
})
