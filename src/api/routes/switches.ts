import { readSwitches } from '../../store/switches.ts'
import { changeSwitches } from '../acts/switches.ts'
import { nameOf } from '../auth/name-of.ts'
import { switches, switchesChange } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showSwitches } from '../views/switches.ts'

const common = { access: 'member', tag: 'House', url: '/api/v1/switches' } as const

export const switchRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    summary: 'Whether the machine is on, and whether phones are quiet',
    answer: { status: 200, json: switches },
    handle: async (_request, { store, clock }) => showSwitches(await readSwitches(store, clock.now())),
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    summary: 'Switches the machine on or off, or do not disturb; calls that go on are left alone',
    body: switchesChange,
    answer: { status: 200, json: switches },
    handle: async ({ body, who }, context) =>
      showSwitches(await changeSwitches({ ...context, who: nameOf(who) }, body)),
  }),
]
