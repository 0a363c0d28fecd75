import type { z } from 'zod'
import { previewCall, wonderedCaller } from '../../machine/preview-call.ts'
import type { RuleBook } from '../../machine/rule-book.ts'
import { isNoticeable } from '../../rules/is-noticeable.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { instantAt, machineTimeZone } from '../../shared/local-time.ts'
import type { Line, Rule } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { previewInput, RulePreview } from '../contract.ts'
import { inWords, readRuleNames } from '../views/rule.ts'
import { byId } from './rules.ts'

export interface PreviewTools {
  readonly store: Pick<Store, 'lines' | 'mailboxes' | 'phones' | 'greetings' | 'contacts' | 'numberLists'>
  readonly rules: RuleBook
  readonly clock: Pick<Clock, 'now'>
}

/** What would become of a call, and why: by what the machine itself decides calls by. */
export async function previewRules(
  { store, rules: book, clock }: PreviewTools,
  input: z.output<typeof previewInput>,
): Promise<RulePreview> {
  const line = await chooseLine(store, input.line)
  const mailbox = await store.mailboxes.get(line.mailboxId)
  if (!mailbox) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'mailbox', id: line.mailboxId })
  const [names, greetings] = await Promise.all([readRuleNames(store), store.greetings.list(), book.reload()])
  const drafts =
    input.rules && (await Promise.all(input.rules.map((draft, place) => ruleOf(store, draft, place))))
  const at = input.at === undefined ? clock.now() : instantAt(input.at, mailbox.timeZone)
  const number = input.from?.trim() || null
  const caller = wonderedCaller({ ...input, number }, line)
  const call = { caller, line, mailbox, at, ...(input.earlier !== undefined && { earlier: input.earlier }) }
  const isThere = (id: string) => greetings.some((greeting) => greeting.id === id)
  const { facts, decision, judged, plan, ours } = previewCall(book, call, isThere, { rules: drafts })
  const waiting = previewCall(book, call, isThere, { rules: drafts, messagesWait: true }).plan
  const { by, action } = decision
  const answers = plan.refusal === null && plan.answers
  const { contact } = facts
  const regions = judged.flatMap(({ rule }) =>
    rule.when.flatMap((one) => (one.kind === 'holiday' ? [one.region] : [])),
  )
  return {
    at: new Date(at).toISOString(),
    timeZone: mailbox.timeZone ?? machineTimeZone(),
    line: line.name,
    contact: contact && { id: contact.id, name: names.contact(contact.id) ?? contact.id },
    favourite: contact?.favourite === true,
    blocked: facts.blocked,
    blockLists: facts.listedOn().flatMap((id) => names.list(id) ?? []),
    holidays: [
      ...new Set(regions.map((region) => facts.holiday(region)).filter((name) => name !== undefined)),
    ],
    decidedBy: by.kind === 'rule' ? { ...by } : { kind: by.kind, id: null, name: null },
    says: inWords((words) => words.action(action, names)),
    noticeable: isNoticeable(action),
    caller: {
      refused: plan.refusal,
      answersAfterSeconds: !answers ? null : plan.gate ? 0 : plan.ringMs / 1000,
      tollSaverSeconds: waiting.ringMs === plan.ringMs ? null : waiting.ringMs / 1000,
      gate: (answers && action.kind === 'take' && action.gate) || null,
      ringsBehindGateSeconds: answers && plan.gate ? plan.ringMs / 1000 : null,
      greeting: plan.greeting || null,
    },
    owner: { ...ours, phones: ours.phones?.flatMap((id) => names.phone(id) ?? []) ?? null },
    rules: judged.map(({ rule, verdict, holds }) => ({
      id: rule.id,
      name: rule.name,
      verdict,
      decides: by.kind === 'rule' && by.id === rule.id,
      conditions: holds.map((holding, place) => {
        const condition = rule.when[place]
        return {
          holds: holding,
          says: inWords((words) => (condition ? words.condition(condition, names) : '')),
        }
      }),
    })),
  }
}

async function chooseLine({ lines }: Pick<Store, 'lines'>, key: string | undefined): Promise<Line> {
  const line = key === undefined ? (await lines.list())[0] : await lines.get(key)
  if (!line) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'line', id: key ?? '' })
  return line
}

type Draft = NonNullable<z.output<typeof previewInput>['rules']>[number]

async function ruleOf(store: PreviewTools['store'], draft: Draft, place: number): Promise<Rule> {
  const { id = `draft-${place}`, name, enabled } = draft
  const { when = [], action = { kind: 'take' } } = await byId(store, draft)
  return { id, name, enabled, when, action }
}
