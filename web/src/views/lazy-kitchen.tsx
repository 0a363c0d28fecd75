import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { Waiting } from '../components/waiting.tsx'
import { words } from '../i18n/words.ts'

const view = signal<ComponentType | null>(null)
/** Whether it could not be fetched; the next visit tries again. */
const failed = signal(false)

/** The kitchen mode, which comes when it is asked for. */
export function LazyKitchen() {
  useEffect(fetchKitchen, [])
  const Kitchen = view.value
  if (Kitchen) return <Kitchen />
  if (!failed.value) return <Waiting text={words.value.kitchen.heading} />
  return <p role="alert">{words.value.failures.offline}</p>
}

function fetchKitchen(): void {
  if (view.value !== null) return
  import('../kitchen/kitchen-view.tsx')
    .then(({ KitchenView }) => {
      view.value = KitchenView
      failed.value = false
    })
    .catch(() => {
      failed.value = true
    })
}
