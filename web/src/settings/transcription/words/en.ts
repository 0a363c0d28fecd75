/** The words of the settings of the transcription, in English. */
export const en = {
  lead: 'What callers say is written down, while they speak and afterwards. The caller can’t tell.',
  summaries: { off: 'Off', command: 'By a command', server: 'By a server' },
  by: 'Who writes',
  names: { off: 'Nobody', command: 'A command on this machine', server: 'A server like OpenAI’s' },
  command: 'Command',
  commandHint:
    'Reads 16-bit mono sound and writes lines; $WAV in it is a file instead. See docs/transcription.md.',
  rate: 'Sound that it gets',
  rates: { 8000: '8 kHz, as the telephone has it', 16000: '16 kHz' },
  serverUrl: 'Address of the server',
  serverUrlHint: 'Callers’ words go there. It may be in your own network.',
  serverModel: 'Model',
  serverKey: 'Key',
  serverKeyKept: 'There is one; leave empty to keep it',
  serverKeyHint: 'Where the server wants one',
  language: 'What callers speak',
  languageHint: 'Like en or de. Empty: it finds out.',
  live: 'Also while a message is left',
  liveHint: 'The words stand on the card of the call as they are spoken.',
  wait: 'Mails and notifications wait for the words, in seconds',
  waitHint: 'What comes later is in the page only.',
  counts: (done: number, waiting: number, failed: number) =>
    `${done} messages are written down, ${waiting} wait${failed > 0 ? `, ${failed} failed` : ''}.`,
  older: 'Write down older messages, too',
  olderAsked: 'Older messages are being written down, the newest first.',
  saved: 'Transcription saved',
}
