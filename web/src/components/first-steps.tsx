import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { listLines } from '../api/settings.ts'
import { words } from '../i18n/words.ts'
import { reportFailure } from '../state/report-failure.ts'
import { session } from '../state/session.ts'
import { welcome } from '../state/welcome.ts'
import { CallCommand } from './call-command.tsx'
import { EmptyState } from './empty-state.tsx'
import { TryLink } from './try-link.tsx'

/** The line that a test call reaches; null until it is known. */
const line = signal<string | null>(null)

/** What a new owner does first: call the machine. */
export function FirstSteps() {
  const { empty } = words.value
  const isOwner = session.value?.user?.role === 'owner'
  useEffect(() => {
    if (isOwner) void findLine().catch(reportFailure)
  }, [isOwner])
  return (
    <EmptyState title={empty.first} text={empty.firstHelp}>
      {/* Links to test calls are the owner's to give. */}
      {isOwner && line.value !== null && (
        <>
          <TryLink line={line.value} />
          <p class="empty-text">{empty.orCommand}</p>
        </>
      )}
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

async function findLine(): Promise<void> {
  const [first] = await listLines()
  line.value = first?.name ?? null
}
