import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'
import { writeWav } from '../media/wav/write-wav.ts'

const shell = emptyShell()
const { run, runWith, data } = shell

const SECRET = 'very-secret-word'
const PIN = '135792'
const FILE = 'FILE'

/** Commands in their order, each with what stands in the audit of it, and what is typed. */
const COMMANDS: readonly (readonly [command: string, noted: string, typed?: string])[] = [
  ['lines add home --trunk 127.0.0.1', 'line-changed home: added'],
  [
    'lines set home --registrar sip.example.com --user me --password-stdin',
    'line-changed home: account',
    SECRET,
  ],
  ['lines set home --call-out on', 'line-changed home: callOut'],
  ['phones add kitchen', 'phone-changed kitchen: added'],
  ['phones set kitchen --new-password', 'phone-changed kitchen: password'],
  ['phones remove kitchen', 'phone-changed kitchen: removed'],
  ['users add ada --password-stdin', 'user-changed ada: added as owner', SECRET],
  ['users add max --role member --password-stdin', 'user-changed max: added as member', SECRET],
  ['users set max --role owner', 'user-changed max: owner now'],
  ['users remove max', 'user-changed max: removed'],
  ['users link', 'token-made a one-time link that makes an owner'],
  ['tokens create script', 'token-made script'],
  ['tokens remove script', 'token-removed script'],
  ['mailboxes set home --pin-stdin', 'pin-changed mailbox home: set', PIN],
  ['mailboxes set home --no-pin', 'pin-changed mailbox home: taken back'],
  ['mailboxes set home --mail-to eve@example.org', 'settings-changed mailbox home: mailTo'],
  ['webhooks add hall --url http://127.0.0.1:9/', 'target-changed hall: added'],
  ['webhooks off hall', 'target-changed hall: enabled'],
  ['webhooks remove hall', 'target-changed hall: removed'],
  ['mqtt set --url mqtt://192.0.2.1', 'target-changed MQTT: added'],
  ['mqtt forget', 'target-changed MQTT: removed'],
  ['block-lists add mine', 'list-changed mine: added'],
  ['block-lists set mine --country DE', 'list-changed mine: country'],
  ['block-lists remove mine', 'list-changed mine: removed'],
  ['mail set --host mail.example.org --from me@example.org', 'settings-changed mail: added'],
  ['mail forget', 'settings-changed mail: removed'],
  ['transcription set --command tr', 'settings-changed transcription: by, command'],
  ['storage set --keep-audit-days 30', 'settings-changed storage: keepAuditDays'],
  ['house set --country AT', 'settings-changed house: country'],
  ['quiet set 22:00-07:00', 'settings-changed quiet hours: hours'],
  ['greetings add holiday --file FILE.wav', 'settings-changed greeting holiday: added'],
  ['greetings remove holiday', 'settings-changed greeting holiday: removed'],
  ['backup FILE.tar', 'backup-made FILE.tar'],
  ['report --out FILE.tar.gz', 'report-made FILE.tar.gz'],
  ['apply FILE.yaml', 'line-changed home: ringSeconds'],
  ['lines remove home', 'line-changed home: removed'],
]

it('what the command line opens a way in by is written down, without secrets', async () => {
  const file = join(shell.folder, 'a-file')
  writeFileSync(`${file}.yaml`, 'lines:\n  home: { ringSeconds: 7 }\n')
  writeFileSync(`${file}.wav`, writeWav(new Int16Array(8000), 8000))
  for (const [command, , input = ''] of COMMANDS) {
    const words = command.replace(FILE, file).split(' ')
    const { code, err } = await runWith({ input, env: { ANSWERPHONE_DATA: data() } }, ...words)
    expect({ command, code, err: code === 0 ? '' : err }).toEqual({ command, code: 0, err: '' })
  }
  const { out, json } = await run('audit', 'list', '--limit', '200', '--json')
  const told = json().map(({ who, act, detail }: Record<string, string>) => `${who} ${act} ${detail}`)
  const noted = COMMANDS.map(([, text]) => `console ${text.replace(FILE, file)}`)
  expect(told.toReversed()).toEqual(noted)
  expect(out).not.toMatch(new RegExp(`${SECRET}|${PIN}`))
})

it('instants are in local time, as the column of times is', async () => {
  await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
  await run('dnd', 'on', '--until', '2099-05-01T18:30')
  expect((await run('audit', 'list')).out).toContain('do not disturb on until 2099-05-01 18:30\n')
})
