import { judgeSound } from '../../doctor/judge-sound.ts'
import { version } from '../../shared/version.ts'
import { needLine } from '../acts/lines.ts'
import { soundTestChoices } from '../acts/sound-tests.ts'
import { diagnosis, finding, soundTestInput } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { iso } from '../views/instant.ts'
import { byKey } from './parameters.ts'

const tag = 'Operations'

export const doctorRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/doctor',
    access: 'owner',
    tag,
    summary: 'What is in order, what is not, and what to do about it; it calls nobody',
    answer: { status: 200, json: diagnosis },
    async handle(_request, { doctor, store, clock }) {
      const [findings, lines] = await Promise.all([doctor.examine(), store.lines.list()])
      return {
        examinedAt: iso(clock.now()),
        version,
        findings: [...findings],
        soundTests: soundTestChoices(lines),
      }
    },
  }),
  defineRoute({
    method: 'POST',
    url: '/api/v1/lines/:key/sound-test',
    access: 'owner',
    tag,
    summary:
      'Calls a number through the line, sends beeps, and says whether they came back; it takes up to a minute',
    params: byKey,
    body: soundTestInput,
    answer: { status: 200, json: finding },
    errors: ['AP_NOT_FOUND'],
    async handle({ params, body: { number } }, { machine, doctor, store }) {
      const { id, name } = await needLine(store, params.key)
      const result = (await machine.testSound(id, number)) ?? { kind: 'no-way' }
      return judgeSound(result, { line: name, number, rtpPorts: doctor.rtpPorts })
    },
  }),
]
