import { expect, it } from 'vitest'
import { startBaresip } from '../helpers/baresip.ts'
import { expectOneStream, framesBetween, soundOf } from '../helpers/caller-stream.ts'
import { openNamespaceCaller } from '../helpers/namespace-caller.ts'
import { openNamespace } from '../helpers/network-namespace.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'
import { speak, transcribe, wordsHeard } from '../helpers/speech.ts'
import { writeUlawWav } from '../helpers/wav-frames.ts'

/**
 * Strangers say a name, and a real desk phone picks up: it hears who calls and what may be done, and does each of it. A
 * recogniser understands what reaches the phone and the caller; the caller's stream is one from the answer to the end.
 */
const NAME = 'This is Alice from the garden party.'
const NAME_WORDS = ['this', 'alice', 'from', 'garden', 'party']
/** Of all that is said around it, what the recogniser understands: it knows no press, one, two, three. */
const ASKED_WORDS = ['call', 'take', 'block', 'to']
const OWNER_SAYS = 'Good morning. Please bring seven bottles of water on Friday.'
const OWNER_WORDS = ['good', 'morning', 'please', 'bring', 'seven', 'bottles', 'water', 'friday']
/** More than the question takes, and the beep. */
const ASKED_MS = 5300
/** What the phone hears: an announcement with the name. */
const TOLD_MS = 11_000

interface Row {
  readonly callerNumber: string
  readonly outcome: string | null
  readonly gate: { readonly went: string; readonly name: { readonly durationMs: number } | null } | null
}

/** A machine of its own whose gate asks for names, the owner's phone, and a stranger; several of these run side by side. */
async function openScene(name: string) {
  await using opening = new AsyncDisposableStack()
  const namespace = opening.use(await openNamespace(name))
  const host = namespace.address(1)
  const callerSays = await speak(NAME)
  const says = await speak(OWNER_SAYS, { leadSeconds: 0.5, padSeconds: 1, times: 20 })
  const machine = opening.use(
    await startMachine({ netns: namespace.name, host, flags: ['--phones-from', '10.99.0.0/24'] }),
  )
  await machine.line('home', { trunk: namespace.address(6), ringSeconds: 40 })
  await machine.cli('phones', 'add', 'desk', '--password', 'horse-battery')
  await machine.cli('rules', 'add', 'Strangers', '--gate', 'name')
  const phone = opening.use(
    await startBaresip({
      ...{ namespace, address: namespace.address(2), says },
      account: { user: 'desk', password: 'horse-battery', server: `${host}:${machine.sip.port}` },
    }),
  )
  await eventually(async () => (await machine.metrics()).includes('answerphone_phones_registered 1\n'))
  const caller = opening.use(
    await openNamespaceCaller({ namespace, address: namespace.address(6), to: machine.sip }),
  )
  const scene = opening.move()
  return {
    ...{ machine, phone, caller },
    /** Somebody calls and says a name; the phone rings and picks up, and has heard all of it once. */
    async callNamed(number: string) {
      const rings = phone.incoming()
      const call = await caller.call('home', { number, says: callerSays })
      expect(await call.final).toBe(200)
      await sleep(ASKED_MS)
      await call.speak()
      await rings
      const established = phone.process.next(/call established/i)
      await phone.command('accept')
      await established
      await sleep(TOLD_MS)
      return call
    },
    rowOf: (number: string, done: (row: Row) => boolean) =>
      eventually(async () => {
        const rows = await machine.list<Row>('calls', 'list')
        const row = rows.find(({ callerNumber }) => callerNumber === number)
        return row && done(row) && row
      }, 10_000),
    [Symbol.asyncDispose]: () => scene.disposeAsync(),
  }
}

describeWith.concurrent(
  ['baresip', 'ip', 'flite', 'sox', 'pocketsphinx_continuous'],
  'a real phone hears who calls, and by a key',
  () => {
    it('takes the caller: they talk', { timeout: 240_000 }, async () => {
      await using scene = await openScene('ap-named-taken')
      const { phone, callNamed, rowOf } = scene
      const talks = await callNamed('+491')
      const takenAt = performance.now()
      await phone.command('sndcode', '1')
      await sleep(6000)
      const { received } = await talks.trace()
      const toCaller = wordsHeard(
        await transcribe(writeUlawWav(soundOf(framesBetween(received, takenAt)))),
        OWNER_WORDS,
      )
      expect(toCaller.length, `at the caller: ${toCaller}`).toBeGreaterThanOrEqual(4)
      expectOneStream(received)
      await talks.bye()
      // Until the key there was ring tone, and not a word of the announcement.
      const before = wordsHeard(
        await transcribe(writeUlawWav(soundOf(framesBetween(received, takenAt - TOLD_MS, takenAt)))),
        [...NAME_WORDS, ...ASKED_WORDS],
      )
      expect(before.length, `at the caller before: ${before}`).toBeLessThanOrEqual(1)
      const row = await rowOf('+491', ({ outcome }) => outcome === 'picked-up')
      expect(row.gate).toMatchObject({ went: 'passed', name: { durationMs: expect.any(Number) } })
      const toOwner = await transcribe(await phone.heard())
      expect(wordsHeard(toOwner, NAME_WORDS).length, toOwner).toBeGreaterThanOrEqual(2)
      expect(wordsHeard(toOwner, ASKED_WORDS).length, toOwner).toBeGreaterThanOrEqual(3)
    })

    it('sends him on: the machine has him, and he leaves a message', { timeout: 240_000 }, async () => {
      await using scene = await openScene('ap-named-sent')
      const { phone, callNamed, rowOf } = scene
      const sentOn = await callNamed('+492')
      const ended = phone.process.next(/session closed|terminated/i)
      await phone.command('sndcode', '2')
      await ended
      await sleep(5000)
      await sentOn.speak()
      await sleep(4000)
      await sentOn.bye()
      await rowOf('+492', ({ outcome }) => outcome === 'message')
    })

    it('blocks him: a last word, and never again', { timeout: 240_000 }, async () => {
      await using scene = await openScene('ap-named-block')
      const { machine, phone, caller, callNamed, rowOf } = scene
      await callNamed('+493')
      await phone.command('sndcode', '3')
      await rowOf('+493', ({ outcome }) => outcome === 'refused')
      const blocked = await machine.list<{ number: string; by: string }>('blocked', 'list')
      expect(blocked).toMatchObject([{ number: '+493', by: 'phone:desk' }])
      const again = await caller.call('home', { number: '+493' })
      expect(await again.final).toBe(603)
    })
  },
)
