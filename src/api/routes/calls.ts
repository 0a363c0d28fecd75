import type { z } from 'zod'
import type { ActDetail, ActResult, OwnerAct } from '../../machine/machine.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { unreachable } from '../../shared/step.ts'
import { findCalls, needCall } from '../acts/calls.ts'
import { defined } from '../acts/defined.ts'
import { nameOf } from '../auth/name-of.ts'
import type { Context } from '../context.ts'
import { callDetails, callListQuery, callPage, listenInput, pickUpInput, recordInput } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { sendAudio } from '../send-audio.ts'
import { showCallDetails, showLiveCall } from '../views/call.ts'
import { readNames } from '../views/names.ts'
import { byId } from './parameters.ts'

const common = { access: 'member', tag: 'Calls' } as const

/** What the owner may do to a call that goes on. `body` reads what the act needs besides. */
const act = (act: OwnerAct, url: string, summary: string, body?: z.ZodType<Detail>): Route =>
  defineRoute({
    ...common,
    method: 'POST',
    url: `/api/v1/calls/:id/${url}`,
    summary,
    params: byId,
    ...(body ? { body } : {}),
    answer: { status: 204 },
    errors: body
      ? ['AP_CALL_OVER', 'AP_CALL_TAKEN', 'AP_PHONE_UNKNOWN', 'AP_PHONE_OFFLINE']
      : ['AP_CALL_OVER'],
    async handle(request, { machine }) {
      const { id } = request.params
      const detail: ActDetail = defined((request.body as Detail) ?? {})
      refuseUndone(await machine.act(id, act, nameOf(request.who), detail), id, detail)
    },
  })

type Detail = { phone?: string | undefined; on?: boolean | undefined } | null | undefined

export const callRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/calls',
    summary: 'Calls going on, and one page of past ones, the newest first',
    query: callListQuery,
    answer: { status: 200, json: callPage },
    errors: ['AP_NOT_FOUND'],
    async handle({ query }, { store, machine, transcription }: Context) {
      const { contactOf } = machine
      const [{ calls, nextCursor }, names] = await Promise.all([
        findCalls({ store, contactOf }, query),
        readNames(store),
      ])
      // A call's row is there from its arrival: while it goes on it is shown once, as live.
      return {
        live: machine
          .liveCalls()
          .map((call) => showLiveCall(call, names, contactOf, transcription?.wordsOf(call.id))),
        past: calls.filter(({ endedAt }) => endedAt !== null),
        nextCursor,
      }
    },
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/calls/:id',
    summary: 'A call, and what its line said of the caller, header by header',
    params: byId,
    answer: { status: 200, json: callDetails },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params }, { store, machine: { contactOf } }) =>
      showCallDetails(await needCall(store, params.id), await readNames(store), contactOf),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/calls/:id/name',
    summary: 'The name that was said at a gate, as a WAV file; it takes Range and conditional requests',
    params: byId,
    answer: { status: 200, media: 'audio/wav' },
    errors: ['AP_NOT_FOUND', 'AP_RECORDING_NOT_READY', 'AP_RECORDING_MISSING', 'AP_RANGE_WRONG'],
    handle: async ({ params, reply }, { mailboxes }) => sendAudio(reply, await mailboxes.nameFile(params.id)),
  }),
  act('answer-now', 'answer', 'The machine answers now'),
  act('pick-up', 'pick-up', 'Rings a phone, or all; whoever answers has the caller', pickUpInput.nullish()),
  act('listen', 'listen', 'Rings a phone; whoever answers hears the caller, unheard', listenInput),
  act('record', 'record', 'Goes on recording after a pick-up, with a beep, or stops', recordInput),
  act('hang-up', 'hang-up', 'Ends the call'),
  act('block', 'block', 'Ends the call and refuses its number from now on'),
]

function refuseUndone(result: ActResult, id: string, { phone = '' }: ActDetail): void {
  switch (result) {
    case 'done':
      return
    case 'over':
      throw new AnswerphoneError('AP_CALL_OVER', { id })
    case 'taken':
      throw new AnswerphoneError('AP_CALL_TAKEN', { id })
    case 'phone-unknown':
      throw new AnswerphoneError('AP_PHONE_UNKNOWN', { phone })
    case 'phone-offline':
      throw new AnswerphoneError('AP_PHONE_OFFLINE', { phone })
    default:
      unreachable(result)
  }
}
