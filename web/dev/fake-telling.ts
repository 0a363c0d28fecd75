import type { Delivery, HouseQuiet, Mqtt, NewTarget, Target } from '../../src/api/contract.ts'
import { type Answer, type Ask, done, refuse } from './fake-routes.ts'

/** Who is told on a fake machine. */
export interface FakeTelling {
  targets: Target[]
  dead: Delivery[]
  mqtt: Mqtt
  quiet: HouseQuiet
}

/** As a household has it with Home Assistant and a telephone. */
export function sampleTelling(ago: (ms: number) => string): FakeTelling {
  const target = (id: string, name: string, url: string): Target => ({
    ...{ id, kind: 'webhook', name, url, hasSecret: true, enabled: true, ntfy: null, quiet: null },
    ...{
      events: ['message-new', 'line-lost'],
      createdAt: ago(9e8),
      lastTriedAt: ago(60_000),
      lastProblem: '',
    },
    ...{ waiting: 0, dead: 0 },
  })
  return {
    targets: [
      target('t1', 'home-assistant', 'http://homeassistant.local:8123/api/webhook/x'),
      {
        ...target('t2', 'hall-display', 'http://192.168.1.40:9000/'),
        ...{ lastProblem: 'connect ECONNREFUSED 192.168.1.40:9000', waiting: 3, dead: 1 },
      },
    ],
    dead: [
      {
        ...{
          id: 'd1',
          target: 'hall-display',
          event: 'message-new',
          at: ago(9e7),
          state: 'dead',
          attempts: 31,
        },
        ...{ nextTryAt: null, problem: 'connect ECONNREFUSED 192.168.1.40:9000', endedAt: ago(1000) },
      },
    ],
    mqtt: {
      broker: {
        ...{ url: 'mqtt://192.168.1.5', user: 'answerphone', hasPassword: true, baseTopic: 'answerphone' },
        ...{ discovery: 'homeassistant', showCallers: true, language: 'en' },
      },
      state: 'connected',
      problem: '',
    },
    quiet: { hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '22:00', to: '06:30' }] },
  }
}

let lastId = 0

/** Answers what is about who is told; undefined when it is about something else. */
export function answerTelling(telling: FakeTelling, ask: Ask, route: string): Answer | undefined {
  const [, id = ''] = ask.path.slice(1).split('/')
  const json = (value: unknown): Answer => ({ status: 200, json: value })
  switch (route) {
    case 'GET targets':
      return json(telling.targets)
    case 'POST targets': {
      const { kind = 'webhook', name = '', url = '', events = [] } = ask.body as Partial<Target>
      if (telling.targets.some((other) => other.name === name))
        return refuse(409, 'AP_NAME_TAKEN', `A target named "${name}" exists already. Choose another name.`)
      const made: Target = {
        ...{
          id: `new${++lastId}`,
          kind,
          name,
          url,
          events,
          hasSecret: true,
          enabled: true,
          ntfy: null,
          quiet: null,
        },
        ...{ createdAt: new Date().toISOString(), lastTriedAt: null, lastProblem: '', waiting: 0, dead: 0 },
      }
      telling.targets = [...telling.targets, made]
      const secret = kind === 'webhook' ? 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' : null
      return { status: 201, json: { ...made, secret } satisfies NewTarget }
    }
    case 'PATCH targets/:id':
      telling.targets = telling.targets.map((each) => (each.id === id ? { ...each, ...ask.body } : each))
      return json(telling.targets.find((each) => each.id === id))
    case 'DELETE targets/:id':
      telling.targets = telling.targets.filter((each) => each.id !== id)
      return done
    case 'POST targets/:id/test': {
      const why = telling.targets.find((each) => each.id === id)?.lastProblem ?? ''
      return json({ taken: why === '', why })
    }
    case 'GET deliveries':
      return json(telling.dead)
    case 'POST deliveries/:id/retry':
      telling.dead = telling.dead.filter((each) => each.id !== id)
      return json({ count: 1 })
    case 'DELETE deliveries/:id':
      telling.dead = telling.dead.filter((each) => each.id !== id)
      return done
    case 'GET mqtt':
      return json(telling.mqtt)
    case 'DELETE mqtt':
      telling.mqtt = { broker: null, state: 'off', problem: '' }
      return done
    case 'GET quiet-hours':
      return json(telling.quiet)
    case 'PATCH quiet-hours':
      telling.quiet = ask.body as HouseQuiet
      return json(telling.quiet)
    default:
      return undefined
  }
}
