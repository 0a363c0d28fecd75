import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon, type IconName } from '../components/icon.tsx'
import { type Section as Name, settingsHash } from '../state/parse-route.ts'
import { settingsWords } from './words/settings-words.ts'
import './section.css'

interface SectionProps {
  readonly title: string
  readonly lead?: string
  /** Where one came from; default: the list of all settings. */
  readonly from?: Name
  /** Beside the title: what can be added. */
  readonly act?: ComponentChildren
  readonly children?: ComponentChildren
}

/** One page of the settings. Its title takes the focus, so that who can't see the page change is told. */
export function Section({ title, lead, from, act, children }: SectionProps) {
  const t = settingsWords.value
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div class="section">
      <a class="section-back" href={settingsHash(from)}>
        <Icon name="backward" />
        {from ? t.sections[from] : t.back}
      </a>
      <div class="section-top">
        <h1 ref={heading} class="section-title" tabIndex={-1}>
          {title}
        </h1>
        {act}
      </div>
      {lead !== undefined && <p class="section-lead">{lead}</p>}
      {children}
    </div>
  )
}

/** The button of a section that leads to a new thing. */
export function AddLink({ section, text }: { readonly section: Name; readonly text: string }) {
  return (
    <a class="button" href={settingsHash(section, 'new')}>
      <Icon name="plus" />
      {text}
    </a>
  )
}

interface RowProps {
  readonly href: string
  readonly icon?: IconName
  readonly name: string
  readonly detail?: string | undefined
  /** At the far end: a state in a word or two. */
  readonly state?: ComponentChildren
  /** Below the rest of the text. */
  readonly children?: ComponentChildren
}

/** A row that leads on. */
export function LinkRow({ href, icon, name, detail, state, children }: RowProps) {
  return (
    <li class="panel-item">
      <a class="panel-row" href={href}>
        {icon && (
          <span class="panel-icon">
            <Icon name={icon} />
          </span>
        )}
        <span class="panel-text">
          <span class="panel-name">{name}</span>
          {detail && <span class="panel-detail">{detail}</span>}
          {children}
        </span>
        {state !== undefined && <span class="panel-state">{state}</span>}
        <Icon name="on" />
      </a>
    </li>
  )
}
