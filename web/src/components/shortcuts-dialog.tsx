import { words } from '../i18n/words.ts'
import { singleKeys } from '../keyboard/single-keys.ts'
import { messageActs } from '../message/acts.ts'
import { Icon } from './icon.tsx'
import './shortcuts-dialog.css'

const DIALOG_ID = 'shortcuts'

export function showShortcuts(): void {
  document.querySelector<HTMLElement>(':popover-open')?.hidePopover()
  document.querySelector<HTMLDialogElement>(`#${DIALOG_ID}`)?.showModal()
}

/** Which keys act, and the switch that lets none: single keys get in the way of some who speak to their computer. */
export function ShortcutsDialog() {
  const { keys } = words.value
  const rows = [
    ['j', keys.next],
    ['k', keys.previous],
    ['Space', keys.play],
    ['Space', keys.pickUp],
    ['s', keys.silence],
    ['← →', keys.seek],
    ...messageActs.flatMap(({ key, keyLabel }) =>
      key !== undefined && keyLabel ? [[key, keyLabel(words.value)] as const] : [],
    ),
    ['u', keys.undo],
    ['v', words.value.selection.key],
    ['Esc', keys.leave],
    ['/', keys.search],
    ['?', keys.help],
  ] as const
  return (
    <dialog id={DIALOG_ID} class="dialog" aria-labelledby="shortcuts-heading">
      <form method="dialog" class="dialog-top">
        <h2 id="shortcuts-heading" class="dialog-heading">
          {keys.heading}
        </h2>
        <button type="submit" class="icon-button" aria-label={keys.close}>
          <Icon name="close" />
        </button>
      </form>
      <dl class="keys">
        {rows.map(([key, what]) => (
          <div key={what} class="keys-row">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={singleKeys.value === 'on'}
          onChange={(event) => {
            singleKeys.value = event.currentTarget.checked ? 'on' : 'off'
          }}
        />
        {keys.enabled}
      </label>
    </dialog>
  )
}
