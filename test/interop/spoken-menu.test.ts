import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startBaresip } from '../helpers/baresip.ts'
import { openNamespace } from '../helpers/network-namespace.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, run, sleep } from '../helpers/processes.ts'
import { BIN, startMachine } from '../helpers/running-machine.ts'
import { speak, transcribe, wordsHeard } from '../helpers/speech.ts'

const PIN = '246810'
const MESSAGE = 'please call the hospital about seven'

/** The owner calls her own line from afar, by a real phone and its keys. */
describeWith(
  ['baresip', 'ip', 'flite', 'sox', 'pocketsphinx_continuous'],
  'the spoken menu from afar',
  () => {
    it('reads the messages to who types the PIN, deletes one, and is closed to who guesses', async () => {
      await using namespace = await openNamespace('ap-menu')
      const host = namespace.address(1)
      const data = mkdtempSync(join(tmpdir(), 'answerphone-menu-'))
      const serve = () => startMachine({ data, netns: namespace.name, host })
      await using first = await serve()
      let machine = first
      await machine.line('home', { trunk: '10.99.0.0/24', ringSeconds: 0 })
      const setPin = `printf ${PIN} | ${process.execPath} ${BIN} mailboxes set home --pin-stdin --data ${machine.data}`
      await run('sh', ['-c', setPin])
      await leaveMessage(machine)
      // Nobody listens there: what it is told waits.
      await machine.cli('webhooks', 'add', 'hall', '--url', 'http://127.0.0.1:9/', '--events', 'pin-locked')
      const locks = async () =>
        (await machine.list<{ event: string }>('webhooks', 'outbox')).map(({ event }) => event)
      const says = await speak('hello', { padSeconds: 90 })
      await using phone = await startBaresip({ namespace, address: namespace.address(2), says })
      const call = async () => {
        const established = phone.process.next(/Call established/i)
        await phone.command('dial', `sip:home@${host}:${machine.sip.port}`)
        await established
        await sleep(500)
      }
      const audit = async () =>
        (await machine.list<{ who: string; act: string }>('audit', 'list'))
          .filter(({ who }) => who.startsWith('caller:'))
          .map(({ act }) => act)
      const refused = (count: number) =>
        eventually(async () => (await audit()).filter((act) => act === 'pin-refused').length === count)

      await call()
      await phone.command('sndcode', `*${PIN}#`)
      await sleep(5000)
      await phone.command('sndcode', '1')
      // Heard to its end, which is then said of it.
      await eventually(
        async () => (await machine.list('messages', 'list', '--state', 'heard')).length === 1,
        20_000,
      )
      await phone.command('sndcode', '3')
      await sleep(2500)
      await phone.command('hangup')
      const heard = await transcribe(await phone.heard())
      const announced = [
        'new',
        'message',
        'from',
        'nine',
        'three',
        'zero',
        'one',
        'november',
        'fourteen',
        'ten',
      ]
      expect(wordsHeard(heard, announced).length, heard).toBeGreaterThanOrEqual(4)
      expect(wordsHeard(heard, MESSAGE.split(' ')).length, heard).toBeGreaterThanOrEqual(3)
      expect(
        wordsHeard(heard, ['hear', 'deleted', 'undo', 'press', 'four']).length,
        heard,
      ).toBeGreaterThanOrEqual(1)
      expect(await machine.list('messages', 'list', '--state', 'trash')).toHaveLength(1)
      const calls = () => machine.list<{ outcome: string }>('calls', 'list')
      await eventually(async () => (await calls())[0]?.outcome === 'let-in')
      expect(await audit()).toEqual(['deleted', 'played', 'let-in'])

      await call()
      for (const wrong of ['000000', '111111', '222222']) await phone.command('sndcode', `*${wrong}#`)
      await refused(3)
      await phone.command('hangup')
      await call()
      await phone.command('sndcode', `*${PIN}#`)
      await refused(4)
      await phone.command('hangup')
      // Neither does a machine that was killed forget it, nor is the owner left untold.
      expect(await locks()).toEqual(['pin-locked'])
      first.process.child.kill('SIGKILL')
      await first.process.ended
      await using second = await serve()
      machine = second
      await call()
      await phone.command('sndcode', `*${PIN}#`)
      await refused(5)
      await phone.command('hangup')
      expect(await locks()).toEqual(['pin-locked'])
      // What they have typed is no message, and they were let in once.
      await eventually(async () => (await calls()).every(({ outcome }) => outcome !== null))
      expect((await calls()).map(({ outcome }) => outcome).sort()).toEqual([
        'hung-up',
        'hung-up',
        'hung-up',
        'let-in',
        'message',
      ])
      expect(await machine.list('messages', 'list')).toEqual([])
      rmSync(data, { recursive: true })
    })
  },
)

/** As it would come from another answering machine. */
async function leaveMessage(machine: {
  data: string
  cli(...args: string[]): Promise<string>
}): Promise<void> {
  const inbox = join(machine.data, 'spool', 'INBOX')
  mkdirSync(inbox, { recursive: true })
  copyFileSync((await speak(MESSAGE)).wav, join(inbox, 'msg0000.wav'))
  writeFileSync(join(inbox, 'msg0000.txt'), '[message]\ncallerid="Ruth" <+49301>\norigtime=1700000000\n')
  await machine.cli('messages', 'import', 'asterisk', join(machine.data, 'spool'), '--mailbox', 'home')
}
