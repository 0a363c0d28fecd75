import type { Message, Retired, Storage } from '../../src/api/contract.ts'
import type { FakeMachine } from './fake-machine.ts'
import type { Answer, Ask } from './fake-routes.ts'

const DAY_MS = 24 * 3_600_000

/** What is kept, for how long, and the room that it takes. */
export function answerStorage(machine: FakeMachine, ask: Ask, route: string): Answer | undefined {
  switch (route) {
    case 'GET storage':
      return { status: 200, json: show(machine) }
    case 'PATCH storage':
      Object.assign(machine.settings.history, ask.body)
      return { status: 200, json: show(machine) }
    case 'GET fills':
      return { status: 200, json: [] }
    case 'GET mailboxes/:id/retired':
      return { status: 200, json: retired(machine, ask) }
    default:
      return undefined
  }
}

function show({ settings, messages }: FakeMachine): Storage {
  const count = (mailbox: string, wanted: string) =>
    messages.filter((message) => message.mailbox === mailbox && message.state === wanted).length
  return {
    disk: { freeBytes: 21.4e9, totalBytes: 62e9 },
    recordings: { bytes: 48.2e6, files: messages.length, countedAt: new Date().toISOString() },
    mailboxes: settings.mailboxes.map(
      ({ id, name, keepNewDays, keepHeardDays, keepJunkDays, keepTrashDays, ...quota }) => ({
        id,
        name,
        newMessages: count(name, 'new'),
        heardMessages: count(name, 'heard'),
        junkMessages: count(name, 'junk'),
        trashMessages: count(name, 'trash'),
        keepNewDays,
        keepHeardDays,
        keepJunkDays,
        keepTrashDays,
        quotaMessages: quota.quotaMessages,
        quotaMinutes: quota.quotaMinutes,
        whenFull: quota.whenFull,
        filledPercent: quota.filledPercent,
      }),
    ),
    callsSince: '2025-03-03T09:00:00.000Z',
    auditSince: '2025-03-03T09:00:00.000Z',
    ...settings.history,
  }
}

function retired({ settings, messages }: FakeMachine, ask: Ask): Retired {
  const id = ask.path.split('/')[2]
  const name = settings.mailboxes.find((box) => box.id === id)?.name
  const older = (state: Message['state'], field: string) => {
    const days = ask.query.get(field)
    if (days === null || days === 'never') return 0
    const before = Date.now() - Number(days) * DAY_MS
    return messages.filter(
      (message) =>
        message.mailbox === name && message.state === state && Date.parse(message.receivedAt) < before,
    ).length
  }
  return {
    trashed: older('new', 'keepNewDays') + older('heard', 'keepHeardDays') + older('junk', 'keepJunkDays'),
    purged: older('trash', 'keepTrashDays'),
  }
}
