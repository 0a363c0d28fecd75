import { languageAt } from '../shared/language.ts'
import type { Store } from '../store/store.ts'

const DONE = 'defaults'

/**
 * On the first start: a mailbox and a line, both `home`, that take calls from this machine alone, so that the first
 * test call works before anything is configured. Removed ones do not come back.
 *
 * @param timeZone of the machine (IANA name): where it is nobody has said yet
 */
export async function ensureDefaults(
  store: Pick<Store, 'lines' | 'mailboxes' | 'settings'>,
  timeZone: string,
): Promise<void> {
  if ((await store.settings.get(DONE)) !== null) return
  if ((await store.lines.list()).length === 0) {
    const mailbox =
      (await store.mailboxes.get('home')) ??
      (await store.mailboxes.add({
        name: 'home',
        greetingId: null,
        longestSeconds: 180,
        shortestSeconds: 1,
        silenceSeconds: 0,
        afterPickUp: 'keep',
        language: languageAt(null, timeZone),
      }))
    await store.lines.add({
      name: 'home',
      number: null,
      trunk: ['127.0.0.0/8', '::1/128'],
      mailboxId: mailbox.id,
      ringSeconds: 18,
      callBack: null,
    })
  }
  await store.settings.set(DONE, 'made')
}
