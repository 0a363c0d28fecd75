import type { InWords } from '../../../src/api/contract.ts'
import { listRules } from '../api/rules.ts'
import { place } from '../i18n/words.ts'
import { keep } from '../settings/collections.ts'

/** The owner's rules, in their order, and what is offered beside them. */
export const rules = keep(listRules)

/** A sentence of the machine's, in the language of the page. */
export const said = (sentence: InWords): string =>
  place.value.language.startsWith('de') ? sentence.de : sentence.en
