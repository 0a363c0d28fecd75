import type { PreviewInput, Rule, RuleInput, RulePreview } from '../../src/api/contract.ts'
import { inWords, showReadyMade, showRule } from '../../src/api/views/rule.ts'
import { isAboutBlocked } from '../../src/rules/about-blocked.ts'
import { HOLIDAY_REGIONS } from '../../src/rules/holidays/holiday-on.ts'
import { readyMadeRules } from '../../src/rules/ready-made/all.ts'
import type { FakeSettings } from './fake-household.ts'
import type { FakeMachine } from './fake-machine.ts'
import { type Answer, type Ask, done, refuse } from './fake-routes.ts'

let lastId = 0

/** Answers what is asked of rules; undefined when it is about something else. */
export function answerRules({ settings }: FakeMachine, ask: Ask, route: string): Answer | undefined {
  const [, id = ''] = ask.path.slice(1).split('/').map(decodeURIComponent)
  const found = settings.rules.find((rule) => rule.id === id)
  const names = namesIn(settings)
  const body = ask.body as unknown
  switch (route) {
    case 'GET rules':
      return { status: 200, json: listed(settings) }
    case 'POST rules': {
      const { place = settings.rules.length, ...input } = body as RuleInput
      const added = shown(settings, `r${++lastId}`, input)
      settings.rules = settings.rules.toSpliced(place, 0, added)
      return { status: 201, json: added }
    }
    case 'POST rules/:id':
      return { status: 200, json: foretold(settings, body as PreviewInput) }
    case 'PATCH rules/:id': {
      if (!found) return refuse(404, 'AP_NOT_FOUND', 'There is no such rule.')
      const changed = shown(settings, id, { ...found, ...(body as Partial<RuleInput>) })
      settings.rules = settings.rules.map((rule) => (rule.id === id ? changed : rule))
      return { status: 200, json: changed }
    }
    case 'POST rules/:id/move': {
      if (!found) return refuse(404, 'AP_NOT_FOUND', 'There is no such rule.')
      const others = settings.rules.filter((rule) => rule.id !== id)
      settings.rules = others.toSpliced((body as { place: number }).place, 0, found)
      return { status: 200, json: listed(settings) }
    }
    case 'DELETE rules/:id':
      settings.rules = settings.rules.filter((rule) => rule.id !== id)
      return done
    default:
      return undefined
  }

  function foretold({ rules }: FakeSettings, { at = new Date().toISOString() }: PreviewInput): RulePreview {
    const decides = rules.find((rule) => rule.enabled && !isAboutBlocked(rule as never))
    return {
      at: new Date(at).toISOString(),
      timeZone: 'Europe/Berlin',
      line: 'home',
      contact: null,
      favourite: false,
      blocked: false,
      blockLists: [],
      holidays: [],
      decidedBy: { kind: decides ? 'rule' : 'line', id: decides?.id ?? null, name: decides?.name ?? null },
      says: inWords((words) => words.action((decides?.action ?? { kind: 'take' }) as never, names)),
      noticeable: decides?.noticeable ?? false,
      caller: {
        refused: null,
        answersAfterSeconds: 18,
        tollSaverSeconds: null,
        gate: null,
        ringsBehindGateSeconds: null,
        greeting: null,
      },
      owner: { phones: null, label: null, junk: false },
      rules: rules.map((rule) => ({
        id: rule.id,
        name: rule.name,
        verdict: rule.enabled ? 'applies' : 'off',
        decides: rule === decides,
        conditions: rule.when.map((condition) => ({
          holds: true,
          says: inWords((words) => words.condition(condition, names)),
        })),
      })),
    }
  }
}

const listed = (settings: FakeSettings) => ({
  rules: settings.rules,
  readyMade: readyMadeRules.map((rule) => showReadyMade(rule, namesIn(settings))),
  regions: [...HOLIDAY_REGIONS],
})

function namesIn({ lines, phones, greetings, contacts, numberLists }: FakeSettings) {
  const name = (rows: readonly { id: string; name: string }[]) => (id: string) =>
    rows.find((row) => row.id === id)?.name
  return {
    line: name(lines),
    phone: name(phones),
    greeting: name(greetings),
    contact: name(contacts),
    list: name(numberLists),
  }
}

export function shown(settings: FakeSettings, id: string, input: RuleInput): Rule {
  const { name, enabled = true, when = [], action } = input
  const conditions = when.map((condition) => ({ not: false, ...condition }))
  return showRule({ id, name, enabled, when: conditions, action } as never, namesIn(settings))
}
