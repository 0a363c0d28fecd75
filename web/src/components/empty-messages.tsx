import { words } from '../i18n/words.ts'
import { period, search, tab } from '../state/messages.ts'
import { EmptyState } from './empty-state.tsx'
import { FirstSteps } from './first-steps.tsx'

/** Why no message is listed, and what one can do about it. */
export function EmptyMessages() {
  const { empty } = words.value
  if (search.value.trim() !== '')
    return <EmptyState title={empty.found(search.value.trim())} text={empty.foundHelp} />
  if (period.value !== 'any') return <EmptyState title={empty.period} text={empty.periodHelp} />
  switch (tab.value) {
    case 'new':
      return <EmptyState title={empty.new} text={empty.newHelp} />
    case 'junk':
      return <EmptyState title={empty.junk} text={empty.junkHelp} />
    case 'trash':
      return <EmptyState title={empty.trash} text={empty.trashHelp} />
    case 'all':
      return <FirstSteps />
  }
}
