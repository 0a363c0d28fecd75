import { words } from '../i18n/words.ts'
import { welcome } from '../state/welcome.ts'
import { CallCommand } from './call-command.tsx'
import { EmptyState } from './empty-state.tsx'

/** What a new owner does first: call the machine. */
export function FirstSteps() {
  const { empty } = words.value
  return (
    <EmptyState title={empty.first} text={empty.firstHelp}>
      <CallCommand />
      <p class="empty-text">{empty.firstThen}</p>
      {welcome.value !== 'done' && (
        <a class="button" href="#/welcome">
          {empty.goOn}
        </a>
      )}
    </EmptyState>
  )
}
