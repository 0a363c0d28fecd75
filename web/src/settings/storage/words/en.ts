/** The words of the storage settings, in English. */
export const en = {
  summary: (used: string, free: string) => `${used} of recordings, ${free} free`,
  lead: 'How much room the recordings take, and how long the machine keeps what it has.',
  recordings: 'Recordings',
  recordingsTake: (bytes: string, files: number) =>
    `${bytes} in ${files === 1 ? '1 recording' : `${files} recordings`}`,
  counting: 'Being counted …',
  disk: 'Disk',
  mailboxes: 'How long messages stay',
  holds: (unheard: number, heard: number, trash: number) =>
    `${unheard} new, ${heard} heard, ${trash} in the trash`,
  filled: (percent: number) =>
    percent >= 100 ? `Full: ${percent} % of what it may keep` : `${percent} % of what it may keep`,
  diskFilled: (percent: number) => `${percent} % of the room for recordings are used.`,
  title: (mailbox: string) => `How long ${mailbox} keeps messages`,
  heard: 'Messages that were heard',
  heardHint: 'Counted from when they were heard, or brought back from the trash. Then they go to the trash.',
  unheard: 'Messages that nobody heard',
  unheardHint: 'They stay, unless you say otherwise here. Then they go to the trash.',
  junk: 'Junk',
  junkHint: 'Messages that a rule or you took for junk, heard or not. Then they go to the trash.',
  trash: 'Messages in the trash',
  trashHint: 'After that they are gone for good, with their recording.',
  quotaMessages: 'Messages at most',
  quotaMinutes: 'Minutes at most',
  quotaHint:
    'New and heard ones; junk and trash do not count. You are told when four fifths are used, and when all is.',
  quotaUsed: (percent: number) => `${percent} % are used now.`,
  noQuota: 'no limit',
  messages: (count: number) => `${count} messages`,
  minutes: (count: number) => `${count} minutes`,
  whenFull: 'When it is full',
  whenFullChoices: {
    take: 'take messages all the same',
    refuse: 'tell callers that no message can be taken',
  },
  whenFullHint: 'Callers can notice it, and that you have made room again.',
  ever: 'stay',
  atOnce: 'go at once',
  days: (days: number) => (days === 1 ? 'stay 1 day' : `stay ${days} days`),
  history: 'Who called, and who did what',
  calls: 'Calls',
  callsHint: (since: string | null) =>
    since === null
      ? 'No call is listed yet. Messages stay, whatever becomes of their call.'
      : `The oldest is of ${since}. Messages stay, whatever becomes of their call.`,
  audit: 'Who did what',
  auditHint: (since: string | null) =>
    since === null ? 'Nothing is listed yet.' : `The oldest entry is of ${since}.`,
  historyName: 'History',
  willNothing: 'No message is that old now.',
  willTrash: (count: number) =>
    count === 1
      ? '1 message is older, and goes to the trash.'
      : `${count} messages are older, and go to the trash.`,
  willPurge: (count: number) =>
    count === 1
      ? '1 message has been in the trash for longer, and is gone for good.'
      : `${count} messages have been in the trash for longer, and are gone for good.`,
  when: 'The machine tidies up every six hours.',
  fields: {
    keepNewDays: 'unheard messages',
    keepHeardDays: 'heard messages',
    keepJunkDays: 'junk',
    keepTrashDays: 'trash',
    quotaMessages: 'messages at most',
    quotaMinutes: 'minutes at most',
    whenFull: 'when it is full',
    keepCallsDays: 'calls',
    keepAuditDays: 'who did what',
  },
}
