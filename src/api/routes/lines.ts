import { z } from 'zod'
import { addLine, changeLine, needLine, removeLine, viewLine, viewLines } from '../acts/lines.ts'
import { nameOf } from '../auth/name-of.ts'
import { line, lineChange, lineInput, linePreset } from '../contract.ts'
import { linePresets } from '../presets/line-presets.ts'
import { defineRoute, type Route } from '../route.ts'
import { byKey } from './parameters.ts'

const tag = 'Lines'

export const lineRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/line-presets',
    access: 'member',
    tag,
    summary: 'How lines are set up at telephone systems and providers',
    answer: { status: 200, json: z.array(linePreset) },
    handle: async () => linePresets,
  }),
  defineRoute({
    method: 'GET',
    url: '/api/v1/lines',
    access: 'member',
    tag,
    summary: 'All lines',
    answer: { status: 200, json: z.array(line) },
    handle: (_request, { store }) => viewLines(store),
  }),
  defineRoute({
    method: 'POST',
    url: '/api/v1/lines',
    access: 'owner',
    tag,
    summary: 'Adds a line, and the mailbox of its name if that is missing',
    body: lineInput,
    answer: { status: 201, json: line },
    errors: ['AP_NAME_TAKEN', 'AP_NUMBER_TAKEN', 'AP_NOT_FOUND'],
    handle: async ({ body, who }, context) =>
      viewLine(context.store, await addLine({ ...context, who: nameOf(who) }, body)),
  }),
  defineRoute({
    method: 'GET',
    url: '/api/v1/lines/:key',
    access: 'member',
    tag,
    summary: 'One line',
    params: byKey,
    answer: { status: 200, json: line },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params }, { store }) => viewLine(store, await needLine(store, params.key)),
  }),
  defineRoute({
    method: 'PATCH',
    url: '/api/v1/lines/:key',
    access: 'owner',
    tag,
    summary: 'Changes a line; calls going on keep the plan with which they came',
    params: byKey,
    body: lineChange,
    answer: { status: 200, json: line },
    errors: ['AP_NAME_TAKEN', 'AP_NUMBER_TAKEN', 'AP_NOT_FOUND'],
    handle: async ({ params, body, who }, context) =>
      viewLine(context.store, await changeLine({ ...context, who: nameOf(who) }, params.key, body)),
  }),
  defineRoute({
    method: 'DELETE',
    url: '/api/v1/lines/:key',
    access: 'owner',
    tag,
    summary: 'Removes a line; its mailbox and messages stay',
    params: byKey,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: ({ params, who }, context) => removeLine({ ...context, who: nameOf(who) }, params.key),
  }),
]
