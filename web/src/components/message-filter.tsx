import { useRef } from 'preact/hooks'
import { words } from '../i18n/words.ts'
import {
  day,
  mailbox,
  mailboxNames,
  newCount,
  period,
  search,
  showMessages,
  showPeriod,
  type Tab,
  tab,
  tabs,
} from '../state/messages.ts'
import { now } from '../state/now.ts'
import { dayField, type Period, periods } from '../state/period.ts'
import { selecting, startSelecting, stopSelecting } from '../state/selection.ts'
import { Icon } from './icon.tsx'
import './message-filter.css'

/** Which messages are listed: the tab, the mailbox, and the search as it is typed; and the key to select several. */
export function MessageFilter() {
  const { messages } = words.value
  return (
    <div class="filter">
      <fieldset class="choice" aria-label={messages.tabsLabel}>
        {tabs.map((name) => (
          <TabButton key={name} name={name} />
        ))}
      </fieldset>
      <MailboxChoice />
      <PeriodChoice />
      <SearchField />
      <SelectKey />
    </div>
  )
}

/** Whose messages are listed, where there are several mailboxes. */
function MailboxChoice() {
  const { messages } = words.value
  if (mailboxNames.value.length < 2) return null
  return (
    <select
      class="filter-choice"
      aria-label={messages.mailbox}
      onChange={(event) => showMessages(tab.value, search.value, event.currentTarget.value)}
    >
      <option value="" selected={mailbox.value === ''}>
        {messages.allMailboxes}
      </option>
      {mailboxNames.value.map((name) => (
        <option key={name} value={name} selected={mailbox.value === name}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** From when messages are listed; a single day has a field of its own. */
function PeriodChoice() {
  const { messages } = words.value
  return (
    <>
      <select
        class="filter-choice"
        aria-label={messages.period}
        onChange={({ currentTarget }) => showPeriod(currentTarget.value as Period)}
      >
        {periods.map((one) => (
          <option key={one} value={one} selected={period.value === one}>
            {messages.periods[one]}
          </option>
        ))}
      </select>
      {period.value === 'day' && (
        <input
          type="date"
          class="filter-choice"
          aria-label={messages.day}
          value={day.value}
          max={dayField(new Date(now.value))}
          onChange={({ currentTarget }) => showPeriod('day', currentTarget.value)}
        />
      )}
    </>
  )
}

/** Turns the rows into boxes to be ticked, and back. */
function SelectKey() {
  const { selection } = words.value
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={selection.start}
      title={selection.start}
      aria-pressed={selecting.value}
      onClick={() => (selecting.value ? stopSelecting() : startSelecting())}
    >
      <Icon name="select" />
    </button>
  )
}

function TabButton({ name }: { readonly name: Tab }) {
  const count = name === 'new' ? newCount.value : 0
  return (
    <button
      type="button"
      class="choice-button"
      aria-pressed={tab.value === name}
      onClick={() => {
        stopSelecting()
        showMessages(name, search.value)
      }}
    >
      {words.value.messages.tabs[name]}
      {count > 0 && <span class="count number">{count}</span>}
    </button>
  )
}

/** Long enough that a word typed at speed is one request, short enough not to be felt. */
const DEBOUNCE_MS = 150

function SearchField() {
  const { messages } = words.value
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef(0)
  const ask = (text: string, afterMs: number) => {
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => showMessages(tab.value, text), afterMs)
  }
  return (
    <search class="search">
      <Icon name="search" />
      <input
        ref={field}
        id="search"
        type="search"
        class="search-field"
        aria-label={messages.search}
        placeholder={messages.searchHint}
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        value={search.value}
        onInput={(event) => ask(event.currentTarget.value, DEBOUNCE_MS)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.currentTarget.value = ''
          ask('', 0)
          event.currentTarget.blur()
        }}
      />
      {search.value !== '' && (
        <button
          type="button"
          class="icon-button search-clear"
          aria-label={messages.clearSearch}
          onClick={() => {
            field.current?.focus()
            ask('', 0)
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </search>
  )
}
