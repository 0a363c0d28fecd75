import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Fill, webhookBody } from '../../src/api/contract.ts'
import { startHookReceiver } from '../helpers/hook-receiver.ts'
import { startMailServer } from '../helpers/mail-server.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'
import { sippCall } from '../helpers/sipp.ts'
import { speak } from '../helpers/speech.ts'

interface Row {
  readonly id: string
  readonly endedAt: string | null
  readonly outcome: string | null
}

describeWith(['sipp', 'flite', 'sox'], 'a mailbox with a quota, by SIPp', () => {
  it('tells its owner as it fills, takes messages all the same, and refuses callers where it is told to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'answerphone-quotas-'))
    const spoken = await speak('Hello, this is Alice.')
    await using receiver = await startHookReceiver()
    await using mailServer = await startMailServer()
    const trusted = join(folder, 'root.pem')
    writeFileSync(trusted, mailServer.root)
    await using machine = await startMachine({ env: { NODE_EXTRA_CA_CERTS: trusted } })
    await machine.line('home', { trunk: '127.0.0.0/8', ringSeconds: 0 })
    await machine.cli(
      ...['mail', 'set', '--host', 'localhost', '--port', `${mailServer.port}`, '--user', 'ada'],
      ...['--password', 'a password for apps', '--from', 'machine@example.org'],
    )
    const hook = ['--url', `${receiver.url}/hook`, '--events', 'mailbox-filling,mailbox-full']
    await machine.cli('webhooks', 'add', 'hall', ...hook)
    await machine.cli('mailboxes', 'set', 'home', '--quota-messages', '2')
    const call = async (calls: number) => {
      await using caller = await sippCall({
        ...{ to: machine.sip, user: 'home', scenario: 'caller-spoken', spoken },
        pauses: { '"8000"': '"3000"' },
      })
      const [last] = await eventually(async () => {
        const rows = await machine.list<Row>('calls', 'list')
        return rows.length === calls && rows[0]?.endedAt != null && rows
      }, 30_000)
      await caller.ended
      return last?.outcome
    }
    const fills = async () => (await (await machine.api('/fills')).json()) as Fill[]
    const told = () =>
      receiver.received.map(({ body }) => {
        const { type, data } = webhookBody.parse(JSON.parse(body))
        return [type, 'fill' in data && data.fill.percent]
      })

    expect(await call(1)).toBe('message')
    expect(await call(2)).toBe('message')
    await eventually(async () => (await fills()).length === 1, 10_000)
    expect(await fills()).toEqual([{ mailbox: 'home', level: 'full', percent: 100 }])
    await eventually(async () => receiver.received.length === 1, 10_000)
    expect(told()).toEqual([['mailbox-full', 100]])
    await eventually(async () => mailServer.mails.length === 1, 20_000)
    expect(mailServer.mails[0]?.to).toEqual(['machine@example.org'])
    expect(mailServer.mails[0]?.raw).toMatch(/^Subject: Mailbox home is 100 % full/m)
    expect(await machine.cli('mailboxes', 'list')).toMatch(/home .* 100 %/)

    // It is full, and nobody who calls can tell.
    expect(await call(3)).toBe('message')
    await machine.cli('mailboxes', 'set', 'home', '--when-full', 'refuse')
    await new Promise((later) => setTimeout(later, 1500))
    expect(await call(4)).toBe('refused')
    const all = await machine.list<Row>('messages', 'list')
    expect(all).toHaveLength(3)
    // Once there is room again, there is.
    for (const { id } of all.slice(1)) await machine.cli('messages', 'remove', id)
    await eventually(async () => (await fills()).length === 0, 10_000)
    expect(await call(5)).toBe('message')
    expect(told().length).toBeLessThanOrEqual(2)
    rmSync(folder, { recursive: true })
  }, 150_000)
})
