import type { StorageWords } from './storage-words.ts'

/** The words of the storage settings, in German. */
export const de: StorageWords = {
  summary: (used, free) => `${used} Aufnahmen, ${free} frei`,
  lead: 'Wie viel Platz die Aufnahmen brauchen und wie lange die Maschine aufhebt, was sie hat.',
  recordings: 'Aufnahmen',
  recordingsTake: (bytes, files) => `${bytes} in ${files === 1 ? '1 Aufnahme' : `${files} Aufnahmen`}`,
  counting: 'Wird gezählt …',
  disk: 'Festplatte',
  mailboxes: 'Wie lange Nachrichten bleiben',
  holds: (unheard, heard, trash) => `${unheard} neu, ${heard} gehört, ${trash} im Papierkorb`,
  filled: (percent) =>
    percent >= 100 ? `Voll: ${percent} % von dem, was hineinpasst` : `${percent} % von dem, was hineinpasst`,
  diskFilled: (percent) => `${percent} % des Platzes für Aufnahmen sind belegt.`,
  title: (mailbox) => `Wie lange ${mailbox} Nachrichten aufhebt`,
  heard: 'Gehörte Nachrichten',
  heardHint:
    'Gerechnet, seit sie gehört oder aus dem Papierkorb zurückgeholt wurden. Dann kommen sie in den Papierkorb.',
  unheard: 'Ungehörte Nachrichten',
  unheardHint: 'Sie bleiben, solange Sie hier nichts anderes sagen. Dann kommen sie in den Papierkorb.',
  junk: 'Unerwünschtes',
  junkHint:
    'Nachrichten, die eine Regel oder Sie für unerwünscht hielten, gehört oder nicht. Dann kommen sie in den Papierkorb.',
  trash: 'Nachrichten im Papierkorb',
  trashHint: 'Danach sind sie endgültig weg, samt Aufnahme.',
  quotaMessages: 'Nachrichten höchstens',
  quotaMinutes: 'Minuten höchstens',
  quotaHint:
    'Neue und gehörte; Unerwünschtes und Papierkorb zählen nicht. Sie erfahren, wenn vier Fünftel belegt sind, und wenn alles belegt ist.',
  quotaUsed: (percent) => `${percent} % sind jetzt belegt.`,
  noQuota: 'unbegrenzt',
  messages: (count) => `${count} Nachrichten`,
  minutes: (count) => `${count} Minuten`,
  whenFull: 'Wenn sie voll ist',
  whenFullChoices: {
    take: 'Nachrichten trotzdem annehmen',
    refuse: 'Anrufern sagen, dass keine Nachricht angenommen werden kann',
  },
  whenFullHint: 'Anrufer können das merken, auch dass Sie wieder Platz geschaffen haben.',
  ever: 'bleiben',
  atOnce: 'verschwinden gleich',
  days: (days) => (days === 1 ? 'bleiben 1 Tag' : `bleiben ${days} Tage`),
  history: 'Wer anrief und wer was getan hat',
  calls: 'Anrufe',
  callsHint: (since) =>
    since === null
      ? 'Noch steht kein Anruf in der Liste. Nachrichten bleiben, was auch aus ihrem Anruf wird.'
      : `Der älteste ist vom ${since}. Nachrichten bleiben, was auch aus ihrem Anruf wird.`,
  audit: 'Wer was getan hat',
  auditHint: (since) => (since === null ? 'Noch steht nichts da.' : `Der älteste Eintrag ist vom ${since}.`),
  historyName: 'Verlauf',
  willNothing: 'So alt ist jetzt keine Nachricht.',
  willTrash: (count) =>
    count === 1
      ? '1 Nachricht ist älter und kommt in den Papierkorb.'
      : `${count} Nachrichten sind älter und kommen in den Papierkorb.`,
  willPurge: (count) =>
    count === 1
      ? '1 Nachricht liegt schon länger im Papierkorb und ist dann endgültig weg.'
      : `${count} Nachrichten liegen schon länger im Papierkorb und sind dann endgültig weg.`,
  when: 'Die Maschine räumt alle sechs Stunden auf.',
  fields: {
    keepNewDays: 'ungehörte Nachrichten',
    keepHeardDays: 'gehörte Nachrichten',
    keepJunkDays: 'Unerwünschtes',
    keepTrashDays: 'Papierkorb',
    quotaMessages: 'Nachrichten höchstens',
    quotaMinutes: 'Minuten höchstens',
    whenFull: 'wenn sie voll ist',
    keepCallsDays: 'Anrufe',
    keepAuditDays: 'wer was getan hat',
  },
}
