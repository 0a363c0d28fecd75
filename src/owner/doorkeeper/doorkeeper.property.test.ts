import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Asked, doorkeeperSetUp } from '../../../test/helpers/doorkeeper-set-up.ts'
import { udpFrom } from '../../../test/helpers/received-request.ts'
import { createPolicy } from './policy.ts'

const METHODS = ['REGISTER', 'INVITE', 'SUBSCRIBE', 'OPTIONS', 'MESSAGE'] as const
/** The home is among them: others share it, or forge it. */
const ADDRESSES = ['192.0.2.3', '192.0.2.4', '198.51.100.66', '2001:db8::1', '2001:db8::2', '2001:db8:0:1::1']
const HOME = udpFrom('192.0.2.3')
const NAMES = ['kitchen', 'guest', 'nobody', '']

/** A stretch of what somebody does who does not know the password of `kitchen`; he may know that of `guest`. */
const acts = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('attack' as const),
      method: fc.constantFrom(...METHODS),
      from: fc.constantFrom(...ADDRESSES),
      port: fc.constantFrom(5060, 5061),
      user: fc.constantFrom(...NAMES),
      claims: fc.constantFrom(...NAMES),
      password: fc.constantFrom('1234', 'guest-password'),
      /** How much of a challenge he sees: that for his own packets, one that went elsewhere, or none. */
      sees: fc.constantFrom('own', 'other', 'none'),
      times: fc.constantFrom(1, 11, 60),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 1000, 60_000, 700_000, 7 * 86_400_000),
    }),
  },
)

it('whoever has proved his password at home is let in there, whatever others do from anywhere', () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 25 }), (history) => {
      const { doorkeeper, clock, ask, answer } = doorkeeperSetUp({ phones: ['kitchen', 'guest'] })
      const comesHome = () => {
        expect(doorkeeper.admits(HOME)).toBe(true)
        const challenged = ask(HOME)
        expect(challenged.status).toBe(401)
        expect(doorkeeper.admits(HOME)).toBe(true)
        expect(ask(HOME, answer(challenged, 'kitchen', 'kitchen-password')).phone?.name).toBe('kitchen')
      }
      comesHome()
      const challenges = new Map<string, Asked>()
      const guessedAt = new Set<string>()
      for (const act of history) {
        if (act.kind === 'pass') clock.advance(act.ms)
        else {
          const source = udpFrom(act.from, act.port)
          for (let time = 0; time < act.times && doorkeeper.admits(source); time++) {
            const { user, method } = act
            const own = ask(source, { user, method })
            const elsewhere = [...challenges].find(([address]) => address !== act.from)?.[1]
            const seen = act.sees === 'own' ? own : act.sees === 'other' ? elsewhere : undefined
            if (!doorkeeper.admits(source)) break
            if (act.sees === 'own') guessedAt.add(act.from)
            const parts = seen ? answer(seen, act.claims, act.password, { user, method }) : { user, method }
            expect(ask(source, parts).phone?.name).not.toBe('kitchen')
            challenges.set(act.from, own)
          }
        }
        comesHome()
      }
      expect(doorkeeper.banned).toBeLessThanOrEqual(guessedAt.size)
    }),
    { numRuns: 60 },
  )
})

it('the tables keep their bounds, and nobody is banned who was never sent a challenge', () => {
  const limits = { networks: 5, networksPerUser: 3, users: 4 }
  const steps = fc.record({
    kind: fc.constantFrom('asks', 'guesses', 'proves'),
    network: fc.integer({ min: 1, max: 20 }),
    user: fc.integer({ min: 1, max: 8 }),
    times: fc.constantFrom(1, 12),
    ms: fc.nat(100_000),
  })
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 80 }), (history) => {
      const policy = createPolicy(limits)
      const challenged = new Set<string>()
      let at = 0
      for (const { kind, network, user, times, ms } of history) {
        at += ms
        const name = `192.0.2.${network}`
        for (let time = 0; time < times; time++) {
          if (kind === 'asks' && policy.admits(name, at)) policy.challenged(name, at)
          // The authenticator calls only that wrong which answers a challenge to this very address.
          if (kind === 'guesses' && challenged.has(name)) policy.struck(name, `user ${user}`, at)
          if (kind === 'proves') policy.proved(name, `user ${user}`, at)
        }
        if (kind === 'asks') challenged.add(name)
        expect(policy.size).toBeLessThanOrEqual(5 + 5 + 3 * 4)
        expect(policy.banned(at)).toBeLessThanOrEqual(challenged.size)
      }
    }),
    { numRuns: 300 },
  )
})
