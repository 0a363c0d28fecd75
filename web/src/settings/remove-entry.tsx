import { settingsHash } from '../state/parse-route.ts'
import { replaceRoute } from '../state/route.ts'
import { AskFirst } from './ask-first.tsx'
import type { Kept } from './collections.ts'
import { settingsWords } from './words/settings-words.ts'

interface RemoveEntryProps {
  /** What will be, in a sentence or two. */
  readonly question: string
  readonly remove: () => Promise<unknown>
  /** The list that is kept of such, if one is, and the section that shows it. */
  readonly list?: Pick<Kept<unknown>, 'read'>
  readonly section: Parameters<typeof settingsHash>[0]
  /** What was done. */
  readonly removed: string
}

/** At the foot of an entry's page: removes it, and leads back to the list. */
export function RemoveEntry({ question, remove, list, section, removed }: RemoveEntryProps) {
  return (
    <AskFirst
      name={settingsWords.value.remove}
      question={question}
      act={async () => {
        await remove()
        await list?.read()
        replaceRoute(settingsHash(section))
        return removed
      }}
    />
  )
}
