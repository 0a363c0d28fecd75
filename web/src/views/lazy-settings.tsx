import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { Waiting } from '../components/waiting.tsx'
import { words } from '../i18n/words.ts'

const settings = signal<ComponentType | null>(null)
/** Whether they could not be fetched; the next visit tries again. */
const failed = signal(false)

/** The settings, which come when they are asked for: the page of every day does without them. */
export function LazySettings() {
  useEffect(fetchSettings, [])
  const Settings = settings.value
  if (Settings) return <Settings />
  return failed.value ? (
    <p role="alert">{words.value.failures.offline}</p>
  ) : (
    <Waiting text={words.value.nav.settings} />
  )
}

function fetchSettings(): void {
  if (settings.value !== null) return
  import('../settings/settings-view.tsx')
    .then(({ SettingsView }) => {
      settings.value = SettingsView
      failed.value = false
    })
    .catch(() => {
      failed.value = true
    })
}
