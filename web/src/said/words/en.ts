/** The words about what was said, in English. */
export const en = {
  live: 'What the caller says',
  heading: 'What was said',
  playFrom: (at: string) => `Play from ${at}`,
  callBack: (number: string) => `Call ${number}`,
  toCalendar: (when: string) => `Into the calendar: ${when}`,
  waiting: 'It is being written down …',
  waitsAfter: (why: string) => `It could not be written down yet, and is tried again: ${why}`,
  partial: 'Heard while the message was left; the whole of it is being written down …',
  nothing: 'No words were understood.',
  failed: (why: string) => `It could not be written down: ${why}`,
  again: 'Try again',
}
