import { readQuietHours } from '../../store/quiet-hours.ts'
import { changeQuietHours } from '../acts/quiet-hours.ts'
import { nameOf } from '../auth/name-of.ts'
import { houseQuiet } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'

const common = { tag: 'House', url: '/api/v1/quiet-hours' } as const

export const quietHourRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    access: 'member',
    summary: 'When the house wants to hear of nothing',
    answer: { status: 200, json: houseQuiet },
    handle: async (_request, { store }) => ({ hours: [...(await readQuietHours(store))] }),
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    access: 'owner',
    summary: 'Sets these hours',
    body: houseQuiet,
    answer: { status: 200, json: houseQuiet },
    async handle({ body, who }, context) {
      await changeQuietHours({ ...context, who: nameOf(who) }, body.hours)
      return body
    },
  }),
]
