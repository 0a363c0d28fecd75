import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Message } from '../../../src/api/contract.ts'
import { Icon } from '../components/icon.tsx'
import { words } from '../i18n/words.ts'
import { offline } from '../state/offline.ts'
import { actsFor, doAct, type MessageAct } from './acts.ts'
import './act-menu.css'

/** All that can be done with a message, behind one key of its row. */
export function ActMenu({ message, caller }: { readonly message: Message; readonly caller: string }) {
  const open = useSignal(false)
  const menu = useRef<HTMLDivElement>(null)
  const id = `acts-${message.id}`
  const name = words.value.messages.acts(caller)
  return (
    <>
      <button
        type="button"
        class="icon-button message-more"
        aria-label={name}
        aria-haspopup="menu"
        aria-expanded={open}
        popovertarget={id}
      >
        <Icon name="more" />
      </button>
      <div
        ref={menu}
        id={id}
        class="act-menu"
        popover="auto"
        role="menu"
        aria-label={name}
        onBeforeToggle={(event) => {
          open.value = event.newState === 'open'
        }}
        onToggle={() => {
          if (open.value) itemsOf(menu.current)[0]?.focus()
        }}
        onKeyDown={(event) => {
          const next = nextItem(itemsOf(menu.current), document.activeElement, event.key)
          if (next) {
            event.preventDefault()
            next.focus()
          } else if (event.key === 'Tab') menu.current?.hidePopover()
        }}
      >
        {open.value && <Items message={message} close={() => menu.current?.hidePopover()} />}
      </div>
    </>
  )
}

function Items({ message, close }: { readonly message: Message; readonly close: () => void }) {
  return actsFor(message).map((act) => <Item key={act.id} act={act} message={message} close={close} />)
}
interface ItemProps {
  readonly act: MessageAct
  readonly message: Message
  readonly close: () => void
}

function Item({ act, message, close }: ItemProps) {
  const { icon, key, label, harmful } = act
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={offline.value}
      class={harmful ? 'act act-harmful' : 'act'}
      {...(key === undefined ? {} : { 'aria-keyshortcuts': key })}
      onClick={() => {
        close()
        doAct(act, message)
      }}
    >
      <Icon name={icon} />
      {label(words.value, message)}
      {key !== undefined && (
        <span class="act-key" aria-hidden="true">
          <kbd>{key}</kbd>
        </span>
      )}
    </button>
  )
}

const itemsOf = (menu: HTMLElement | null) => [
  ...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
]

/** Where an arrow key leads in a menu: round and round (WAI-ARIA, menu pattern). */
function nextItem(items: readonly HTMLElement[], from: Element | null, key: string): HTMLElement | undefined {
  const place = items.indexOf(from as HTMLElement)
  switch (key) {
    case 'ArrowDown':
      return items[(place + 1) % items.length]
    case 'ArrowUp':
      return items.at(place <= 0 ? -1 : place - 1)
    case 'Home':
      return items[0]
    case 'End':
      return items.at(-1)
    default:
      return undefined
  }
}
