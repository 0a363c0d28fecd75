import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { Waiting } from '../components/waiting.tsx'
import { words } from '../i18n/words.ts'
import { route } from '../state/route.ts'

const settings = signal<{ readonly Settings: ComponentType; readonly Welcome: ComponentType } | null>(null)
/** Whether they could not be fetched; the next visit tries again. */
const failed = signal(false)

/** The settings and the steps of the first start, which come when they are asked for: the page of every day does without them. */
export function LazySettings() {
  useEffect(fetchSettings, [])
  if (settings.value) {
    const { Settings, Welcome } = settings.value
    return route.value.view === 'welcome' ? <Welcome /> : <Settings />
  }
  return failed.value ? (
    <p role="alert">{words.value.failures.offline}</p>
  ) : (
    <Waiting text={words.value.nav.settings} />
  )
}

function fetchSettings(): void {
  if (settings.value !== null) return
  import('../settings/settings-view.tsx')
    .then(({ SettingsView, WelcomeView }) => {
      settings.value = { Settings: SettingsView, Welcome: WelcomeView }
      failed.value = false
    })
    .catch(() => {
      failed.value = true
    })
}
