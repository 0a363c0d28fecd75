import { countries } from '../../shared/telephone-number.ts'
import { readHouseCountry } from '../../store/house-country.ts'
import { changeHouse } from '../acts/house.ts'
import { nameOf } from '../auth/name-of.ts'
import { house, houseChange } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'

const tag = 'House'

export const houseRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/house',
    access: 'member',
    tag,
    summary: 'In which country the house is',
    answer: { status: 200, json: house },
    handle: async (_request, { store }) => ({ ...(await readHouseCountry(store)), countries: countries() }),
  }),
  defineRoute({
    method: 'PATCH',
    url: '/api/v1/house',
    access: 'owner',
    tag,
    summary: 'In which country numbers are meant that belong to no line, like those of contacts',
    body: houseChange,
    answer: { status: 200, json: house },
    handle: async ({ body, who }, context) => ({
      ...(await changeHouse({ ...context, who: nameOf(who) }, body)),
      countries: countries(),
    }),
  }),
]
