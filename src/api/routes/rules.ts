import { previewRules } from '../acts/preview-rules.ts'
import { addRule, changeRule, listRules, moveRule, needRule, removeRule } from '../acts/rules.ts'
import { nameOf } from '../auth/name-of.ts'
import { previewInput, rule, ruleChange, ruleInput, ruleList, rulePlace, rulePreview } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { readRuleNames, showRule } from '../views/rule.ts'
import { byId } from './parameters.ts'

const reading = { access: 'member', tag: 'Rules' } as const
const changing = { access: 'owner', tag: 'Rules' } as const

export const ruleRoutes: readonly Route[] = [
  defineRoute({
    ...reading,
    method: 'GET',
    url: '/api/v1/rules',
    summary: 'The rules by which calls are decided, in their order, and some that are ready to be added',
    answer: { status: 200, json: ruleList },
    handle: (_, context) => listRules(context),
  }),
  defineRoute({
    ...changing,
    method: 'POST',
    url: '/api/v1/rules',
    summary: 'Adds a rule',
    body: ruleInput,
    answer: { status: 201, json: rule },
    errors: ['AP_NAME_TAKEN', 'AP_NOT_FOUND'],
    async handle({ body, who }, context) {
      const added = await addRule({ ...context, who: nameOf(who) }, body)
      return showRule(added, await readRuleNames(context.store))
    },
  }),
  defineRoute({
    ...reading,
    method: 'POST',
    url: '/api/v1/rules/preview',
    summary: 'What would become of a call, and why',
    body: previewInput,
    answer: { status: 200, json: rulePreview },
    errors: ['AP_NOT_FOUND'],
    handle: ({ body }, context) => previewRules({ ...context, rules: context.machine.rules }, body),
  }),
  defineRoute({
    ...reading,
    method: 'GET',
    url: '/api/v1/rules/:id',
    summary: 'One rule',
    params: byId,
    answer: { status: 200, json: rule },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params }, { store }) =>
      showRule(await needRule(store, params.id), await readRuleNames(store)),
  }),
  defineRoute({
    ...changing,
    method: 'PATCH',
    url: '/api/v1/rules/:id',
    summary: 'Changes a rule',
    params: byId,
    body: ruleChange,
    answer: { status: 200, json: rule },
    errors: ['AP_NAME_TAKEN', 'AP_NOT_FOUND'],
    async handle({ params, body, who }, context) {
      const changed = await changeRule({ ...context, who: nameOf(who) }, params.id, body)
      return showRule(changed, await readRuleNames(context.store))
    },
  }),
  defineRoute({
    ...changing,
    method: 'POST',
    url: '/api/v1/rules/:id/move',
    summary: 'Puts a rule elsewhere in the order',
    params: byId,
    body: rulePlace,
    answer: { status: 200, json: ruleList },
    errors: ['AP_NOT_FOUND'],
    async handle({ params, body, who }, context) {
      await moveRule({ ...context, who: nameOf(who) }, params.id, body.place)
      return listRules(context)
    },
  }),
  defineRoute({
    ...changing,
    method: 'DELETE',
    url: '/api/v1/rules/:id',
    summary: 'Removes a rule; the calls that it decided go on saying so',
    params: byId,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params, who }, context) =>
      void (await removeRule({ ...context, who: nameOf(who) }, params.id)),
  }),
]
