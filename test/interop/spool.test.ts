import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { decodeSound } from '../../src/exchange/decode-sound.ts'
import { readAsteriskSpool } from '../../src/exchange/read-asterisk-spool.ts'
import { muLaw } from '../../src/media/codec/g711.ts'
import { describeWith } from '../helpers/peers.ts'
import { shareOfTone } from '../helpers/share-of-tone.ts'

describeWith(['sox'], "Asterisk's spool, with the sound as Asterisk keeps it", () => {
  it.each([
    ['msg0000.gsm', []],
    ['msg0000.WAV', ['-t', 'wav', '-e', 'gsm-full-rate']], // wav49: GSM 06.10 in WAV
  ])('is heard from %s', async (name, format) => {
    const box = mkdtempSync(join(tmpdir(), 'answerphone-spool-'))
    try {
      const inbox = join(box, 'INBOX')
      mkdirSync(inbox)
      writeFileSync(join(inbox, 'msg0000.txt'), '[message]\norigtime=1700000000\n')
      const made = ['-r', '8000', '-c', '1', ...format, join(inbox, name), 'synth', '2', 'sine', '1000']
      execFileSync('sox', ['-n', ...made])
      const { messages } = await readAsteriskSpool(box)
      const { samples, sampleRate } = await decodeSound(messages[0]?.sounds ?? [])
      expect(samples.length / sampleRate).toBeCloseTo(2, 1)
      const ulaw = Buffer.alloc(samples.length)
      muLaw.encode(samples, ulaw)
      expect(shareOfTone(ulaw, 1000)).toBeGreaterThan(0.9)
    } finally {
      rmSync(box, { recursive: true })
    }
  })
})
