import { words } from '../i18n/words.ts'
import { settingsHash } from '../state/parse-route.ts'
import { route } from '../state/route.ts'
import { Icon } from './icon.tsx'
import { Menu } from './menu.tsx'
import './page-header.css'

const views = ['messages', 'calls', 'phone'] as const

/** Where one can go, and the settings. */
export function PageHeader() {
  const { nav } = words.value
  return (
    <header class="page-header">
      <nav aria-label={nav.label}>
        <ul class="nav">
          {views.map((view) => (
            <li key={view}>
              <a
                class="nav-link"
                href={`#/${view}`}
                {...(route.value.view === view ? { 'aria-current': 'page' } : {})}
              >
                {nav[view]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="page-header-end">
        <a
          class="icon-button"
          href={settingsHash()}
          aria-label={nav.settings}
          title={nav.settings}
          {...(route.value.view === 'settings' ? { 'aria-current': 'page' } : {})}
        >
          <Icon name="settings" />
        </a>
        <Menu />
      </div>
    </header>
  )
}
