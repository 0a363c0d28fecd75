import { expect, it } from 'vitest'
import { startBaresip } from '../helpers/baresip.ts'
import { openNamespace } from '../helpers/network-namespace.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, run, sleep } from '../helpers/processes.ts'
import { BIN, startMachine } from '../helpers/running-machine.ts'
import { speak, transcribe, wordsHeard } from '../helpers/speech.ts'

const PIN = '246810'
const HE_SAYS = 'please call the hospital about seven. '
const SHE_SAYS = 'the winter garden is open tomorrow. '

/** Two real phones, neither of them ours: a stranger leaves a message, and the owner is away and calls her own line. */
describeWith(
  ['baresip', 'ip', 'flite', 'sox', 'pocketsphinx_continuous'],
  'a call that goes on, from afar',
  () => {
    it('is heard and picked up in the spoken menu, and the menu goes on afterwards', async () => {
      await using namespace = await openNamespace('ap-menu-live')
      const host = namespace.address(1)
      await using machine = await startMachine({ netns: namespace.name, host })
      await machine.line('home', { trunk: '10.99.0.0/24', ringSeconds: 0 })
      const setPin = `printf ${PIN} | ${process.execPath} ${BIN} mailboxes set home --pin-stdin --data ${machine.data}`
      await run('sh', ['-c', setPin])
      const phoneAt = async (number: 2 | 3, says: string) =>
        startBaresip({
          ...{ namespace, address: namespace.address(number) },
          says: await speak(says.repeat(12), { padSeconds: 60 }),
        })
      await using him = await phoneAt(2, HE_SAYS)
      await using her = await phoneAt(3, SHE_SAYS)
      const dial = async (phone: typeof him) => {
        const established = phone.process.next(/Call established/i)
        await phone.command('dial', `sip:home@${host}:${machine.sip.port}`)
        await established
        await sleep(500)
      }
      const acts = async () =>
        (await machine.list<{ who: string; act: string }>('audit', 'list'))
          .filter(({ who }) => who.startsWith('caller:'))
          .map(({ act }) => act)
          .reverse()
      const hasDone = (...all: readonly string[]) =>
        eventually(async () => (await acts()).join() === all.join(), 20_000)

      await dial(her)
      await her.command('sndcode', `*${PIN}#`)
      await hasDone('let-in')
      await dial(him)
      // He is greeted, and begins to speak.
      await sleep(6000)
      await her.command('sndcode', '4')
      await hasDone('let-in', 'listened-in')
      await sleep(9000)
      await her.command('sndcode', '1')
      await hasDone('let-in', 'listened-in', 'picked-up')
      await sleep(7000)
      await him.command('hangup')
      const outcomes = async () =>
        (await machine.list<{ outcome: string | null }>('calls', 'list')).map(({ outcome }) => outcome)
      // She is in the menu again, which she ends.
      await eventually(async () => (await outcomes()).includes('picked-up'))
      await sleep(3000)
      expect(await outcomes()).toContain(null)
      await her.command('sndcode', '*')
      await eventually(async () => (await outcomes()).toSorted().join() === 'let-in,picked-up', 10_000)

      const sheHeard = await transcribe(await her.heard())
      expect(
        wordsHeard(sheHeard, HE_SAYS.replace('.', '').trim().split(' ')).length,
        sheHeard,
      ).toBeGreaterThan(3)
      const heHeard = await transcribe(await him.heard())
      expect(wordsHeard(heHeard, ['winter', 'garden', 'open', 'tomorrow']).length, heHeard).toBeGreaterThan(1)
    })
  },
)
