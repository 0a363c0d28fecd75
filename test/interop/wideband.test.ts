import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readWav } from '../../src/media/wav/read-wav.ts'
import { startBaresip } from '../helpers/baresip.ts'
import { holdsSound } from '../helpers/holds-sound.ts'
import { openNamespace } from '../helpers/network-namespace.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'
import { bandDb, speak, transcribe, wordsHeard } from '../helpers/speech.ts'
import { tlsPlace } from '../helpers/tls-place.ts'

/**
 * A real phone leaves a message in wideband: the recording has what a telephone cuts off, and is understood. It signals by TLS and
 * takes no sound that is not encrypted.
 */
const TEXT = 'I am calling about the garden party tomorrow at seven. Please call me back.'
const GREETING = join(import.meta.dirname, '../../assets/prompts/greeting.wav')
const WORDS = ['calling', 'garden', 'party', 'tomorrow', 'seven', 'please', 'back']

describeWith(['baresip', 'ip', 'flite', 'sox', 'pocketsphinx_continuous'], 'baresip in wideband', () => {
  for (const codec of ['G722', 'opus'] as const) {
    it.concurrent(`leaves a message in ${codec}, by TLS and SRTP (RFC 4568)`, async () => {
      await using namespace = await openNamespace(`ap-wide-${codec.toLowerCase()}`)
      const host = namespace.address(1)
      const says = await speak(TEXT, { leadSeconds: 4, padSeconds: 30 })
      await using machine = await startMachine({
        netns: namespace.name,
        host,
        flags: ['--sips', `${host}:0`],
      })
      const { server, rootFile } = await tlsPlace(machine)
      await machine.line('desk', { trunk: '10.99.0.0/24', ringSeconds: 0 })
      await using phone = await startBaresip({
        namespace,
        address: namespace.address(2),
        says,
        codec,
        secure: { rootFile },
      })
      await phone.command('dial', `sip:desk@${server};transport=tls`)
      await phone.process.until(/Call established/i)
      await sleep(10_500)
      await phone.command('hangup')
      const [row] = await eventually(async () => {
        const rows = await machine.list<{ readonly id: string }>('messages', 'list')
        return rows.length > 0 && rows
      }, 20_000)
      const file = join(machine.data, 'heard.wav')
      await machine.cli('messages', 'audio', row?.id ?? '', '--out', file)
      expect(readWav(readFileSync(file)).sampleRate).toBe(16_000)
      expect(await bandDb(file, '4k', '7k')).toBeGreaterThan(-30)
      expect(wordsHeard(await transcribe(file), WORDS).length).toBeGreaterThanOrEqual(5)
      // The greeting came in the same format. The recogniser understands its voice only sometimes, in the prompt itself, too.
      expect(holdsSound(await phone.heard(), GREETING)).toBeGreaterThan(0.85)
    })
  }
})
