import { soundTestChoices } from '../../api/acts/sound-tests.ts'
import { addToken, removeToken } from '../../api/acts/tokens.ts'
import { finding, problem, soundTestInput } from '../../api/contract.ts'
import type { Finding } from '../../doctor/finding.ts'
import type { Running } from '../../running.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import { silentLog } from '../../shared/log.ts'
import { systemRandom } from '../../shared/random.ts'
import type { Store } from '../../store/store.ts'
import { checkInput } from '../check-input.ts'

export interface LineCall {
  /** A number, or `echo` or `own`. */
  readonly to: string
  /** By name; undefined: the only one that may do it. */
  readonly line: string | undefined
}

/**
 * Has the running machine, which alone holds the registration, call a number through a line and listen for itself. Who may
 * read the data directory may do it: a token is made for this one request. Rejects with AP_NOT_FOUND, AP_INPUT_INVALID or
 * what the machine says.
 */
export async function callLine(
  { to, line }: LineCall,
  running: Pick<Running, 'http'>,
  tools: { readonly store: Store; readonly clock: Clock; readonly makeId: MakeId },
): Promise<Finding> {
  const { store } = tools
  const asConsole = { ...tools, log: silentLog, who: 'console', random: systemRandom }
  const target = await choose({ to, line }, store)
  const { number } = checkInput(soundTestInput, { number: target.number }, { number: '--call' })
  const { token, secret } = await addToken(asConsole, `doctor ${tools.makeId()}`)
  try {
    const answer = await fetch(
      `http://${nearTo(running.http)}/api/v1/lines/${encodeURIComponent(target.line)}/sound-test`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ number }),
      },
    )
    const told: unknown = await answer.json()
    if (answer.ok) return finding.parse(told) as Finding
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: problem.parse(told).message })
  } finally {
    await removeToken(asConsole, token.id)
  }
}

async function choose({ to, line }: LineCall, store: Pick<Store, 'lines'>) {
  const lines = await store.lines.list()
  const meant = line === undefined ? lines : lines.filter(({ id, name }) => id === line || name === line)
  if (line !== undefined && meant.length === 0)
    throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'line', id: line })
  const kind = to === 'echo' || to === 'own' ? to : undefined
  const choices = kind
    ? soundTestChoices(meant).filter((choice) => choice.kind === kind)
    : meant
        .filter(({ account, callBack }) => account !== null || callBack !== null)
        .map(({ name }) => ({ line: name, number: to }))
  const [only, another] = choices
  if (only && !another) return only
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: another
      ? `--call: several lines can do that (${choices.map((choice) => choice.line).join(', ')}). Name one with --line.`
      : kind === 'echo'
        ? '--call: no number is known there that sends back what it hears. Give one, or `own`.'
        : kind === 'own'
          ? '--call: the line has no number of its own. Say it with `answerphone lines set LINE --number`, or give another to call.'
          : '--call: no line can call out. One with an account or a gateway (--call-back) can.',
  })
}

/** All addresses means this machine's own, too. */
const nearTo = (http: string) => http.replace(/^0\.0\.0\.0:/, '127.0.0.1:').replace(/^\[::\]:/, '[::1]:')
