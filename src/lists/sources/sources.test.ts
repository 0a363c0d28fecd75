import { describe, expect, it } from 'vitest'
import { AnswerphoneError } from '../../shared/errors.ts'
import { listSources } from './all.ts'
import { fileSource } from './file.ts'
import { phoneblockSource } from './phoneblock.ts'
import { describeSource, hasIn, NOON, readBy, type Script } from './source.contract.ts'
import { urlSource } from './url.ts'

const never: Script = () => expect.fail('a file is fetched from nowhere')

describeSource('a file', {
  read: (of) => readBy(fileSource, never, { text: 'numbers' in of ? of.numbers.join('\n') : of.rubbish }),
})
describeSource('an address', {
  read: (of) => readBy(urlSource, () => ({ text: 'numbers' in of ? of.numbers.join('\n') : of.rubbish })),
})
describeSource('PhoneBlock', {
  read: (of) =>
    readBy(phoneblockSource, ({ url }) => {
      if (!url.includes('/blocklist')) return { status: 404 }
      return {
        text: 'numbers' in of ? listOf(1, ...of.numbers.map((phone) => [phone, 20] as const)) : of.rubbish,
      }
    }),
})

it('has each source under its kind', () =>
  expect(listSources.map(({ kind }) => kind)).toEqual(['file', 'url', 'phoneblock']))

/** As `/blocklist` answers. */
const listOf = (version: number, ...entries: (readonly [phone: string, votes: number, rating?: string])[]) =>
  JSON.stringify({
    numbers: entries.map(([phone, votes, rating = 'G_FRAUD']) => ({ phone, votes, rating })),
    version,
  })

describe('an address', () => {
  it('is asked only for what has changed, with what lets in there', async () => {
    const first = readBy(
      urlSource,
      () => ({
        text: '+49301234567',
        headers: { etag: '"1"', 'last-modified': 'Mon, 05 Jan 2026 09:00:00 GMT' },
      }),
      { token: 'secret' },
    )
    const { numbers, marker } = await first
    expect(first.asked[0]?.headers).toEqual({ authorization: 'Bearer secret' })
    const again = readBy(urlSource, () => ({ status: 304 }), { before: numbers && { numbers, marker } })
    expect(await again).toEqual({ numbers: null, skipped: 0, marker })
    expect(again.asked[0]?.headers).toEqual({
      'if-none-match': '"1"',
      'if-modified-since': 'Mon, 05 Jan 2026 09:00:00 GMT',
    })
  })
})

describe('PhoneBlock', () => {
  const own =
    (path: string, ...phones: string[]): Script =>
    ({ url }) =>
      url.endsWith(path)
        ? { text: JSON.stringify({ numbers: phones.map((phone) => ({ phone })) }) }
        : { status: 404 }

  it('is asked for all at first, then daily for what has changed, and for all once a month', async () => {
    const server: Script = ({ url }) => {
      if (url.endsWith('/blocklist?format=json'))
        return { text: listOf(42, ['+491111111', 20], ['+492222222', 10], ['+493333333', 4]) }
      if (url.endsWith('&since=42'))
        return { text: listOf(43, ['+491111111', 0], ['+494444444', 50], ['+492222222', 4]) }
      return { status: 404 }
    }
    const first = readBy(phoneblockSource, server, { token: 'pbt_1' })
    const { numbers, marker } = await first
    expect(first.asked.map(({ url }) => url.replace('https://lists.example/api/', ''))).toEqual([
      ...['blocklist?format=json', 'blacklist', 'whitelist'],
    ])
    expect(first.asked[0]?.headers).toMatchObject({ authorization: 'Bearer pbt_1' })
    expect(['+491111111', '+492222222', '+493333333'].map(hasIn(numbers))).toEqual([true, true, false])
    expect(marker).toEqual({ version: 42, fullAt: NOON })

    const before = numbers && { numbers, marker }
    const daily = await readBy(phoneblockSource, server, { before }, NOON + 86_400_000)
    const has = hasIn(daily.numbers)
    expect(['+491111111', '+492222222', '+494444444'].map(has)).toEqual([false, false, true])
    expect(daily.marker).toEqual({ version: 43, fullAt: NOON })

    const monthly = readBy(phoneblockSource, server, { before }, NOON + 30 * 86_400_000)
    expect((await monthly).marker).toEqual({ version: 42, fullAt: NOON + 30 * 86_400_000 })
  })

  it('follows what the owner has said there of numbers himself, beginnings included', async () => {
    const list: Script = () => ({ text: listOf(1, ['+491111111', 99], ['+492222222', 99]) })
    const server =
      (mine: Script): Script =>
      (wanted) =>
        wanted.url.includes('/blocklist') ? list(wanted) : mine(wanted)
    const black = await readBy(phoneblockSource, server(own('/blacklist', '+495555555', '+49900*')))
    expect(['+495555555', '+49900777', '+491111111'].map(hasIn(black.numbers))).toEqual([true, true, true])
    const white = await readBy(phoneblockSource, server(own('/whitelist', '+491111111')))
    expect(['+491111111', '+492222222'].map(hasIn(white.numbers))).toEqual([false, true])
    // Taken back there, it is so here the next day.
    const update: Script = ({ url }) => (url.includes('since=1') ? { text: listOf(2) } : { status: 404 })
    const known = (reading: typeof black) =>
      reading.numbers && { numbers: reading.numbers, marker: reading.marker }
    const later = await readBy(phoneblockSource, update, { before: known(white) })
    expect(hasIn(later.numbers)('+491111111')).toBe(true)
    const after = await readBy(phoneblockSource, update, { before: known(black) })
    expect(['+495555555', '+49900777'].map(hasIn(after.numbers))).toEqual([false, false])
  })

  it('does not take what people find legitimate, however many', async () => {
    const { numbers } = await readBy(phoneblockSource, ({ url }) =>
      url.includes('/blocklist')
        ? { text: listOf(1, ['+491111111', 99, 'A_LEGITIMATE'], ['+492222222', 99]) }
        : { status: 404 },
    )
    expect(['+491111111', '+492222222'].map(hasIn(numbers))).toEqual([false, true])
  })

  it('gives nothing where one of its answers fails: half a list would let through whom the owner allows, or not', async () => {
    const reading = readBy(phoneblockSource, ({ url }) => {
      if (url.endsWith('/whitelist')) throw new AnswerphoneError('AP_LIST_NOT_ANSWERED', { status: 500 })
      return { text: listOf(1, ['+491111111', 99]) }
    })
    await expect(reading).rejects.toMatchObject({ code: 'AP_LIST_NOT_ANSWERED' })
  })
})
