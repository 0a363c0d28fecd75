import type { NumberList, NumberListInput } from '../../src/api/contract.ts'
import { type Answer, type Ask, done, refuse } from './fake-routes.ts'

/** Block lists as a household has them: one from PhoneBlock, one that is gone, one of its own. */
export function sampleLists(ago: (ms: number) => string): NumberList[] {
  const list = (id: string, name: string, change: Partial<NumberList>): NumberList => ({
    ...{ id, name, kind: 'url', url: null, hasToken: false, country: null, minVotes: 10, everyHours: 24 },
    ...{ createdAt: ago(9e9), count: 0, skipped: 0, problem: null },
    ...{ readAt: ago(3.1e7), triedAt: ago(3.1e7), nextAt: ago(-5.5e7) },
    ...change,
  })
  return [
    list('k1', 'PhoneBlock', {
      ...{ kind: 'phoneblock', url: 'https://phoneblock.net/phoneblock/api', hasToken: true, count: 18_412 },
    }),
    list('k2', 'club-list', {
      ...{ url: 'https://lists.example/unwanted.txt', count: 1207, skipped: 3, readAt: ago(4e8) },
      triedAt: ago(2e6),
      problem: {
        code: 'AP_LIST_NO_NUMBERS',
        message:
          'No list of numbers was found there: it is a web page. Write a number on each line, or take another address.',
      },
    }),
    list('k3', 'mine', { kind: 'file', count: 26, nextAt: null }),
  ]
}

let lastId = 0

/** Answers what is about block lists; undefined when it is about something else. */
export function answerLists(
  settings: { numberLists: NumberList[] },
  ask: Ask,
  route: string,
): Answer | undefined {
  const [, id = ''] = ask.path.slice(1).split('/')
  const found = settings.numberLists.find((list) => list.id === id)
  const put = (change: Partial<NumberList>): Answer => {
    if (!found) return refuse(404, 'AP_NOT_FOUND', 'There is no such list.')
    Object.assign(found, change)
    return { status: 200, json: found }
  }
  const now = new Date().toISOString()
  switch (route) {
    case 'GET number-lists':
      return { status: 200, json: settings.numberLists }
    case 'GET number-lists/:id': {
      const number = ask.query.get('number') ?? ''
      return {
        status: 200,
        json: { number, lists: number.endsWith('99') ? [{ id: 'k3', name: 'mine' }] : [] },
      }
    }
    case 'POST number-lists': {
      const { token, ...input } = ask.body as unknown as NumberListInput
      const made: NumberList = {
        ...{ id: `list${++lastId}`, url: null, country: null, minVotes: 10, everyHours: 24 },
        ...{ createdAt: now, count: 0, skipped: 0, problem: null, readAt: null, triedAt: null, nextAt: null },
        ...(input as Pick<NumberList, 'name' | 'kind'>),
        hasToken: token !== undefined,
      }
      settings.numberLists = [...settings.numberLists, made]
      return { status: 201, json: made }
    }
    case 'PATCH number-lists/:id':
      return put(ask.body)
    case 'POST number-lists/:id/refresh':
      return put({ triedAt: now, ...(found?.problem === null && { readAt: now, count: found.count || 321 }) })
    case 'POST number-lists/:id/numbers':
      return put({ readAt: now, triedAt: now, count: ask.bytes.toString().trim().split('\n').length })
    case 'DELETE number-lists/:id':
      settings.numberLists = settings.numberLists.filter((list) => list.id !== id)
      return done
    default:
      return undefined
  }
}
