/** The words of the kitchen mode in English; they are loaded with it. */
export const en = {
  nights: { auto: 'Dark at night', on: 'Always dark', off: 'Never dark' },
  fullScreen: 'Full screen',
  smallScreen: 'Leave full screen',
  leave: 'All messages',
}
