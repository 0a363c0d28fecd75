import { AnswerphoneError, catalogue, type ErrorCode } from '../shared/errors.ts'
import type { Line, Registration } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { type Finding, fail, ok, type Spoken, warn } from './finding.ts'
import { inGerman } from './german.ts'

/** Whether calls can come: the lines there are, and how those with an account are registered. */
export async function checkLines(
  store: Pick<Store, 'lines' | 'registrations'>,
  isRunning: boolean,
): Promise<Finding[]> {
  const [lines, registrations] = await Promise.all([store.lines.list(), store.registrations.list()])
  if (lines.length === 0)
    return [
      warn('lines', {
        code: 'AP_LINE_NONE',
        what: { en: 'no lines: nobody can call', de: 'keine Leitungen: niemand kann anrufen' },
        de: 'Fügen Sie eine hinzu: auf der Seite unter Leitungen oder mit `answerphone lines add`.',
      }),
    ]
  return lines.map((line) =>
    judge(
      line,
      registrations.find(({ lineId }) => lineId === line.id),
      isRunning,
    ),
  )
}

function judge(
  { name, trunk, account }: Line,
  registration: Registration | undefined,
  isRunning: boolean,
): Finding {
  if (!account)
    return ok(
      'lines',
      `line ${name} takes calls from ${trunk.join(' ')}`,
      `Leitung ${name} nimmt Anrufe von ${trunk.join(' ')}`,
    )
  const { registrar } = account
  if (!registration)
    return notYet(name, registrar, { en: 'it has never been tried', de: 'es wurde noch nie versucht' })
  const { state, since, server, publicAddress, problem } = registration
  if (!isRunning) {
    const [stood, at] = [problem?.code ?? state, new Date(since).toISOString()]
    return notYet(name, registrar, {
      en: `the machine is not running; as of ${at} it was ${stood}`,
      de: `die Maschine läuft nicht; Stand ${at}: ${stood}`,
    })
  }
  if (problem && isKnown(problem.code)) {
    const { code, detail } = problem
    return fail('lines', {
      code,
      details: { detail },
      what: {
        en: `line ${name} is not registered at ${registrar} (${detail})`,
        de: `Leitung ${name} ist bei ${registrar} nicht angemeldet (${detail})`,
      },
      de: inGerman(code, new AnswerphoneError(code, { detail }).message),
    })
  }
  if (state !== 'registered')
    return notYet(name, registrar, { en: 'it is being tried just now', de: 'es wird gerade versucht' })
  const seen = publicAddress === null ? undefined : publicAddress
  return ok(
    'lines',
    `line ${name} is registered at ${server}${seen === undefined ? '' : `, which sees us at ${seen}`}`,
    `Leitung ${name} ist bei ${server} angemeldet${seen === undefined ? '' : `, von dort gesehen unter ${seen}`}`,
  )
}

const notYet = (line: string, registrar: string, why: Spoken) =>
  warn('lines', {
    code: 'AP_LINE_NOT_REGISTERED',
    details: { line, registrar, why: why.en },
    what: {
      en: `line ${line} is not registered: ${why.en}`,
      de: `Leitung ${line} ist nicht angemeldet: ${why.de}`,
    },
    de: 'Solange die Maschine läuft, meldet sie sich von allein an. Fragen Sie in einer halben Minute wieder.',
  })

const isKnown = (code: string): code is ErrorCode => code in catalogue
