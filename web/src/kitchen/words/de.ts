import type { KitchenWords } from './kitchen-words.ts'

/** The words of the kitchen mode in German. */
export const de: KitchenWords = {
  nights: { auto: 'Nachts dunkel', on: 'Immer dunkel', off: 'Nie dunkel' },
  fullScreen: 'Ganzer Bildschirm',
  smallScreen: 'Kleiner Bildschirm',
  leave: 'Alle Nachrichten',
}
