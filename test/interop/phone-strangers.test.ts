import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type LoopbackPhone, openLoopbackPhone } from '../helpers/loopback-phone.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { scan } from '../helpers/scan.ts'
import { openCaller } from '../helpers/scripted-caller.ts'
import { openProber, writeRequest } from '../helpers/sip-prober.ts'
import { statusOf } from '../helpers/sip-wire.ts'

/**
 * Scanners where phones may register: they see that something answers, and find neither a user nor a password. They are
 * banned for guessing, and the owner's phones go on, even one behind the very address that is banned. The scanners call
 * from 127.0.0.1, as they can do no other.
 */
const SCANNER = '127.0.0.1'
const PROVIDER = '127.0.0.2'
const SCAN_MS = 30_000
/** svcrack waits for ever for somebody who has banned it. */
const CRACK_MS = 8000
const PATIENCE_MS = 3200
/** The password stands well behind the ten guesses that a ban takes. */
const PASSWORDS = Array.from({ length: 100 }, (_, index) => `password${index}`)
const PASSWORD = PASSWORDS[60] ?? ''

const setUp = async () => {
  const machine = await startMachine()
  await machine.line('home', { trunk: `${PROVIDER}/32`, ringSeconds: 4 })
  for (const name of ['2001', 'desk']) await machine.post('/phones', { name, password: PASSWORD })
  return machine
}
const openPhone = ({ sip }: RunningMachine, user: string, address: string) =>
  openLoopbackPhone({ to: sip, address, user, password: PASSWORD })

/** A dictionary attack on the phone's password. */
async function crack({ sip }: RunningMachine): Promise<string> {
  const dictionary = join(mkdtempSync(join(tmpdir(), 'dictionary-')), 'passwords')
  writeFileSync(dictionary, `${PASSWORDS.join('\n')}\n`)
  const attack = () => scan('svcrack', [`-p${sip.port}`, '-u', '2001', '-d', dictionary, sip.host], CRACK_MS)
  const said = await attack()
  if (!/unknown algorithm/i.test(said)) return said
  // It falls over SHA-256. Who comes again after a while is asked by MD5 alone (src/sip/auth/offers.ts).
  await sleep(PATIENCE_MS)
  return attack()
}

const banned = async (machine: RunningMachine) =>
  /^answerphone_banned_networks 1$/m.test(await machine.metrics())

/** It registers again, and takes a call that rings. */
async function expectWorking(machine: RunningMachine, phone: LoopbackPhone): Promise<void> {
  expect(statusOf(await phone.register())).toBe(200)
  await using caller = await openCaller(machine.sip, { local: PROVIDER })
  phone.onCall = (call) => call.answer()
  const call = await caller.call('home', { number: '+49301234' })
  expect(await call.final).toBe(200)
  expect(phone.calls.at(-1)?.state).toBe('talking')
  // The other phone rings as well; the next call is for it.
  phone.onCall = () => {}
  await call.bye()
}

describeWith(['svmap', 'svwar', 'svcrack'], 'scanners where phones may register', () => {
  it.concurrent('find no user and no password, and are banned; a phone elsewhere works', async () => {
    await using machine = await setUp()
    const { host, port } = machine.sip
    await using phone = await openPhone(machine, '2001', '127.0.0.9')
    const war = (method: string) =>
      scan('svwar', [`-p${port}`, '-m', method, '-e', '1999-2003', '--force', host], SCAN_MS)
    const [map, ...wars] = await Promise.all([
      scan('svmap', [host, `-p${port}`], SCAN_MS),
      ...['REGISTER', 'INVITE', 'OPTIONS'].map(war),
    ])
    // It sees that somebody answers, and not who.
    expect(map).toMatch(/\| unknown +\|/)
    for (const said of wars) expect(said).toMatch(/found nothing/)
    expect(await crack(machine)).not.toContain(PASSWORD)
    expect(await banned(machine)).toBe(true)
    // Silence, whatever it asks.
    await using stranger = await openProber({ to: machine.sip, local: SCANNER })
    stranger.send(writeRequest(stranger.wire, 'REGISTER', { user: '2001', callId: 'after-the-ban' }))
    await sleep(300)
    expect(stranger.heard).toEqual([])
    await expectWorking(machine, phone)
  })

  it.concurrent('get no phone locked out that has registered from their own address', async () => {
    await using machine = await setUp()
    await using victim = await openPhone(machine, '2001', '127.0.0.9')
    await using neighbour = await openPhone(machine, 'desk', SCANNER)
    const cracking = crack(machine)
    await eventually(() => banned(machine))
    await expectWorking(machine, neighbour)
    await expectWorking(machine, victim)
    expect(await cracking).not.toContain(PASSWORD)
    await expectWorking(machine, neighbour)
    expect(machine.process.output().match(/is banned for guessing/g)).toHaveLength(1)
  })
})
