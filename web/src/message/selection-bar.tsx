import { Icon } from '../components/icon.tsx'
import { words } from '../i18n/words.ts'
import { changeSelected } from '../state/batch.ts'
import { tab } from '../state/messages.ts'
import { offline } from '../state/offline.ts'
import { allSelected, selectAll, selectedCount, selecting, stopSelecting } from '../state/selection.ts'
import { batchActsIn } from './batch-acts.ts'
import './selection-bar.css'

/** How many are selected, and what can be done with them; it stays in sight while the list scrolls. */
export function SelectionBar() {
  if (!selecting.value) return null
  const { selection, messages } = words.value
  const count = selectedCount.value
  return (
    <div class="selection" role="toolbar" aria-label={selection.label}>
      <button
        type="button"
        class="icon-button"
        aria-label={messages.cancel}
        title={messages.cancel}
        onClick={stopSelecting}
      >
        <Icon name="close" />
      </button>
      <p class="selection-count" role="status">
        {count === null ? selection.found(allSelected.value?.except.size ?? 0) : selection.count(count)}
      </p>
      <button type="button" class="button button-quiet" onClick={() => void selectAll()}>
        {selection.all}
      </button>
      <div class="selection-acts">
        {batchActsIn(tab.value).map(({ act, key, label, harmful }) => (
          <button
            key={act}
            type="button"
            class={harmful ? 'button button-stop' : 'button'}
            aria-keyshortcuts={key}
            disabled={count === 0}
            aria-disabled={offline.value}
            onClick={() => void changeSelected(act)}
          >
            {label(words.value)}
          </button>
        ))}
      </div>
    </div>
  )
}
