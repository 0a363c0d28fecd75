import { iso } from '../../api/views/instant.ts'
import { AnswerphoneError, catalogue, type ErrorCode } from '../../shared/errors.ts'
import type { Line, Registration } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { localTime } from '../moment.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

/** Whether calls can come: the lines there are, and how those with an account are registered. */
export async function checkLines(
  store: Pick<Store, 'lines' | 'registrations'>,
  isRunning: boolean,
): Promise<Finding[]> {
  const [lines, registrations] = await Promise.all([store.lines.list(), store.registrations.list()])
  if (lines.length === 0)
    return [warn('no lines: nobody can call', 'Add one with `answerphone lines add`, or in the page.')]
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
  if (!account) return ok(`line ${name} takes calls from ${trunk.join(' ')}`)
  if (!registration)
    return warn(
      `line ${name} has never been registered at ${account.registrar}`,
      'Start the machine: it registers by itself.',
    )
  const { state, since, server, publicAddress, problem } = registration
  if (!isRunning)
    return warn(
      `line ${name} is not registered: the machine is not running; as of ${localTime(iso(since))} it was ${problem?.code ?? state}`,
      'Start the machine: it registers by itself.',
    )
  if (problem && isKnown(problem.code))
    return fail(
      `line ${name} is not registered at ${account.registrar}: ${problem.code}`,
      new AnswerphoneError(problem.code, { detail: problem.detail }).message,
    )
  return state === 'registered'
    ? ok(
        `line ${name} is registered at ${server}${publicAddress === null ? '' : `, which sees us at ${publicAddress}`}`,
      )
    : warn(`line ${name} is being registered`, 'Ask again in half a minute.')
}

const isKnown = (code: string): code is ErrorCode => code in catalogue
