import type { ComponentChildren } from 'preact'
import { SevenSegment } from '../components/seven-segment.tsx'
import { language, languages, words } from '../i18n/words.ts'
import './entrance.css'

interface EntranceProps {
  readonly title: string
  readonly lead?: string
  readonly children?: ComponentChildren
}

/** What stands before the machine: its dark window, a heading, and the form that lets one in. */
export function Entrance({ title, lead, children }: EntranceProps) {
  return (
    <main class="entrance">
      <div class="entrance-card">
        <div class="entrance-window" aria-hidden="true">
          <SevenSegment digit={undefined} />
          <SevenSegment digit={undefined} />
        </div>
        <p class="brand">{words.value.name}</p>
        <h1 class="entrance-title">{title}</h1>
        {lead !== undefined && <p class="entrance-lead">{lead}</p>}
        {children}
      </div>
      <p class="entrance-languages">
        {languages.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            class="entrance-language"
            lang={id}
            aria-pressed={id === language.value}
            onClick={() => {
              language.value = id
            }}
          >
            {name}
          </button>
        ))}
      </p>
    </main>
  )
}
