import { route } from '../state/route.ts'
import { Index } from './index-page.tsx'
import { LinePage, Lines } from './lines.tsx'
import { PhonePage } from './phone-page.tsx'
import { Phones } from './phones.tsx'

/** The settings: the list of them, a section, or one thing in it, as the address says. */
export function SettingsView() {
  const at = route.value
  if (at.view !== 'settings') return null
  const { section, item } = at
  switch (section) {
    case 'lines':
      return item === null ? <Lines /> : <LinePage key={item} id={item} />
    case 'phones':
      return item === null ? <Phones /> : <PhonePage key={item} id={item} />
    default:
      return <Index />
  }
}
