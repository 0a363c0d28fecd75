import { levelOf, percentOf, readFills } from '../store/fills.ts'
import { type Finding, warn } from './finding.ts'
import { inGerman } from './german.ts'

/** Mailboxes that have used four fifths of their quota, or all of it. */
export async function checkMailboxes(store: Parameters<typeof readFills>[0]): Promise<readonly Finding[]> {
  const fills = (await readFills(store)).filter(({ share }) => levelOf(share) !== 'room')
  return fills.map(({ mailbox: { name }, share }) => {
    const percent = percentOf(share)
    return warn('disk', {
      code: 'AP_MAILBOX_FILLING',
      details: { name, percent },
      what: {
        en: `mailbox ${name} is ${percent} % full`,
        de: `die Mailbox ${name} ist zu ${percent} % voll`,
      },
      de: inGerman('AP_MAILBOX_FILLING', ''),
    })
  })
}
