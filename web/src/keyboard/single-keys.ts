import { stored } from '../state/stored.ts'

/** Whether single keys act (WCAG 2.1.4: they can be turned off). */
export const singleKeys = stored('keys', ['on', 'off'], 'on')
