import type { ComponentChildren } from 'preact'
import { offline } from '../state/offline.ts'

/** What can only be done with the machine: all its controls rest while that is out of reach (the banner says why). */
export function NeedsMachine({ children }: { readonly children: ComponentChildren }) {
  return (
    <fieldset role="presentation" disabled={offline.value}>
      {children}
    </fieldset>
  )
}
