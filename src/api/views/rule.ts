import { isNoticeable } from '../../rules/is-noticeable.ts'
import type { ReadyMade } from '../../rules/ready-made/ready-made.ts'
import { german } from '../../rules/words/de.ts'
import { english } from '../../rules/words/en.ts'
import type { Names, RuleWords } from '../../rules/words/rule-words.ts'
import type { Rule } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { InWords, ReadyMadeRule, RuleAction, RuleCondition, Rule as RuleView } from '../contract.ts'

/** What things are called that rules name. */
export async function readRuleNames({
  lines,
  phones,
  greetings,
  contacts,
  numberLists,
}: Pick<Store, 'lines' | 'phones' | 'greetings' | 'contacts' | 'numberLists'>): Promise<Names> {
  const all = await Promise.all([
    lines.list(),
    phones.list(),
    greetings.list(),
    contacts.list(),
    numberLists.list(),
  ])
  const [line, phone, greeting, contact, list] = all.map((rows) => {
    const names = new Map(rows.map(({ id, name }) => [id, name]))
    return (id: string) => names.get(id)
  })
  const gone = () => undefined
  return {
    line: line ?? gone,
    phone: phone ?? gone,
    greeting: greeting ?? gone,
    contact: contact ?? gone,
    list: list ?? gone,
  }
}

export const inWords = (say: (words: RuleWords) => string): InWords => ({
  en: say(english),
  de: say(german),
})

export function showRule(rule: Rule, names: Names): RuleView {
  return { ...rule, ...shown(rule), says: inWords((words) => words.rule(rule, names)) }
}

export function showReadyMade({ name, first = false, ...rule }: ReadyMade, names: Names): ReadyMadeRule {
  return {
    ...rule,
    ...shown(rule),
    name: { ...name },
    first,
    says: inWords((words) => words.rule(rule, names)),
  }
}

const shown = ({ when, action }: Pick<Rule, 'when' | 'action'>) => ({
  // The same, but that a contract's lists are not read-only.
  when: structuredClone(when) as RuleCondition[],
  action: structuredClone(action) as RuleAction,
  noticeable: isNoticeable(action),
})
