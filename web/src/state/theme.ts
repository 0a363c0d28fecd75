import { effect } from '@preact/signals'
import { stored } from './stored.ts'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Auto follows the system. */
export const theme = stored<Theme>('theme', themes, 'auto')

export function applyTheme(): void {
  effect(() => {
    if (theme.value === 'auto') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme.value
  })
}
