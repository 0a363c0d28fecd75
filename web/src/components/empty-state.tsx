import type { ComponentChildren } from 'preact'
import './empty-state.css'

interface EmptyStateProps {
  readonly title: string
  readonly text: string
  readonly children?: ComponentChildren
}

/** A list with nothing in it. */
export function EmptyState({ title, text, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <Cassette />
      <h2 class="empty-title">{title}</h2>
      <p class="empty-text">{text}</p>
      {children}
    </div>
  )
}

/** A blank cassette. */
function Cassette() {
  return (
    <svg class="cassette" viewBox="0 0 120 76" aria-hidden="true">
      <rect x="1.500" y="1.500" width="117" height="73" rx="9" />
      <path d="M26 74l5-15h58l5 15" />
      <rect x="14" y="13" width="92" height="36" rx="5" />
      <rect x="27" y="21" width="66" height="20" rx="10" />
      <circle cx="37" cy="31" r="6" />
      <circle cx="83" cy="31" r="6" />
      <path d="M37 26.500v-1.500M37 37v-1.500M41.500 31h1.500M31 31h1.500M83 26.500v-1.500M83 37v-1.500M87.500 31h1.500M77 31h1.500" />
    </svg>
  )
}
