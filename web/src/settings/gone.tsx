import type { ComponentChildren } from 'preact'
import type { Section as Name } from '../state/parse-route.ts'
import { Section } from './section.tsx'
import { settingsWords } from './words/settings-words.ts'

/** What was looked for is not there any more. */
export function Gone({ section }: { readonly section: Name }) {
  const t = settingsWords.value
  return <Section title={t.sections[section]} lead={t.gone} from={section} />
}

interface ReadOnlyProps {
  readonly children: ComponentChildren
  /** Default: an owner's words. */
  readonly why?: string
}

/** Fields that may be looked at by who may not change them. */
export function ReadOnly({ children, why = settingsWords.value.ownersOnly }: ReadOnlyProps) {
  return (
    <div class="form">
      <p class="field-hint field-calm">{why}</p>
      {children}
    </div>
  )
}
