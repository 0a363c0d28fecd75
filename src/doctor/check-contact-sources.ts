import { AnswerphoneError, catalogue, type ErrorCode } from '../shared/errors.ts'
import type { Store } from '../store/store.ts'
import { type Finding, ok, warn } from './finding.ts'
import { inGerman } from './german.ts'

/** Whether contacts could be read from where they come from; there need be no such place. */
export async function checkContactSources({
  contactSources,
}: Pick<Store, 'contactSources'>): Promise<Finding[]> {
  return (await contactSources.list()).map(({ name, problem, detail, doneAt }) => {
    if (problem === null || !(problem in catalogue))
      return ok('contacts', `contacts are read from ${name}`, `Kontakte werden von ${name} gelesen`)
    const code = problem as ErrorCode
    const since = doneAt === null ? null : new Date(doneAt).toISOString()
    return warn('contacts', {
      code,
      details: { detail },
      what: {
        en: `contacts could not be read from ${name}${since ? ` since ${since}` : ''} (${detail})`,
        de: `Kontakte konnten von ${name} ${since ? `seit ${since} ` : ''}nicht gelesen werden (${detail})`,
      },
      de: inGerman(code, new AnswerphoneError(code, { detail }).message),
    })
  })
}
