import { computed } from '@preact/signals'
import { keptAt } from '../api/kept-at.ts'
import { words } from '../i18n/words.ts'
import { connection } from './connection.ts'
import { showToast } from './toasts.ts'

/** The machine is out of reach, and the page shows what was last seen of it. */
export const offline = computed(() => connection.value === 'lost' && keptAt.value !== null)

/** Whether an act has to wait for the machine; then it is said. */
export function mustWait(): boolean {
  if (offline.value) showToast({ text: words.value.offline.mustWait, tone: 'failed' })
  return offline.value
}
