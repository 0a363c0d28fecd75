/** The words of the greetings, in English. */
export const greetings = {
  lead: 'What callers hear before the beep. Each mailbox has one.',
  own: 'Your greetings',
  shippedName: 'The one that came with the machine',
  shippedDetail: 'Used where you choose no other.',
  usedBy: (mailboxes: string) => `Heard in ${mailboxes}`,
  unused: 'Not used by a mailbox',
  play: (name: string) => `Play ${name}`,
  stop: (name: string) => `Stop ${name}`,
  removeName: (name: string) => `Remove ${name}`,
  removeAsk: (name: string) =>
    `Remove the greeting ${name}? Mailboxes that have it go back to the one that came with the machine.`,
  removed: (name: string) => `Greeting ${name} removed.`,
  make: 'A new greeting',
  record: 'Record',
  again: 'Record again',
  stopRecording: 'Stop',
  upload: 'Choose a file',
  type: 'Type it',
  text: 'What callers are to hear',
  textLanguage: 'Language',
  textHint: 'The machine’s voice reads it. Listen before you keep it.',
  speak: 'Read it aloud',
  speaking: 'Reading …',
  spoken: 'It is read. Listen, then keep it.',
  voice: {
    heading: 'Who reads what you type',
    texts: (language: string) => `${language}: read by`,
    nobody: 'Nobody',
    command: 'The command (--voice-command)',
    none: 'No voice is installed. On the machine: answerphone models add FILE or URL. See docs/voice.md.',
    saved: (language: string) => `Saved: who reads ${language}.`,
  },
  uploadHint: 'A WAV file, or any sound that this browser can play. At most five minutes.',
  recordingNow: 'Recording. Say your greeting, then stop.',
  level: 'Loudness of the microphone',
  tooSoft: 'Hardly anything is heard. Speak louder, or move closer.',
  noMicrophone:
    'Browsers lend the microphone to secure pages only: open this page over HTTPS, or on the machine itself. You can upload a file all the same.',
  refused: 'The browser did not give the microphone. Allow it for this page, then try again.',
  unreadable: 'This browser can’t read that file. Save it as WAV and try again.',
  trim: 'Trim',
  from: 'Begin at',
  to: 'End at',
  listen: 'Listen',
  stopListening: 'Stop',
  name: 'Name',
  nameHint: 'Only you see it.',
  defaultName: (date: string) => `Greeting of ${date}`,
  for: 'Use it for',
  forNone: 'None yet',
  keep: 'Keep this greeting',
  drop: 'Start over',
  kept: (name: string) => `Greeting ${name} is kept.`,
  keptFor: (name: string, mailbox: string) =>
    `Greeting ${name} is kept: callers to ${mailbox} hear it from now on.`,
  count: (count: number) =>
    count === 0
      ? 'The one that came with the machine'
      : count === 1
        ? '1 of your own'
        : `${count} of your own`,
}
