import type { TranscriptionWords } from './transcription-words.ts'

/** Dasselbe auf Deutsch. */
export const de: TranscriptionWords = {
  lead: 'Was Anrufer sagen, wird aufgeschrieben, während sie sprechen und danach. Der Anrufer merkt nichts davon.',
  summaries: {
    off: 'Aus',
    command: 'Durch einen Befehl',
    server: 'Durch einen Server',
    model: 'Durch ein Modell auf diesem Gerät',
  },
  by: 'Wer schreibt',
  names: {
    off: 'Niemand',
    model: 'Ein Modell auf diesem Gerät',
    command: 'Ein Befehl auf diesem Gerät',
    server: 'Ein Server wie der von OpenAI',
  },
  speechModel: 'Modell',
  speechModelHint: (kind, megabytes) => `${kind}, ${megabytes} MB`,
  streaming: 'Hört mit, während gesprochen wird',
  sentences: 'Hört Satz für Satz',
  noModels:
    'Noch ist keines da. Auf dem Gerät: answerphone models add DATEI oder URL. Siehe docs/transcription.md.',
  command: 'Befehl',
  commandHint:
    'Liest 16-Bit-Ton in Mono und schreibt Zeilen; $WAV darin ist statt dessen eine Datei. Siehe docs/transcription.md.',
  rate: 'Ton, den er bekommt',
  rates: { 8000: '8 kHz, wie das Telefon ihn hat', 16000: '16 kHz' },
  serverUrl: 'Adresse des Servers',
  serverUrlHint: 'Dorthin gehen die Worte der Anrufer. Er kann im eigenen Netz stehen.',
  serverModel: 'Modell',
  serverKey: 'Schlüssel',
  serverKeyKept: 'Es gibt einen; leer lassen, um ihn zu behalten',
  serverKeyHint: 'Wo der Server einen will',
  language: 'Was Anrufer sprechen',
  languageHint: 'Wie en oder de. Leer: Er findet es heraus.',
  live: 'Auch während eine Nachricht hinterlassen wird',
  liveHint: 'Die Worte stehen auf der Karte des Anrufs, während sie gesprochen werden.',
  wait: 'Mails und Mitteilungen warten auf die Worte, in Sekunden',
  waitHint: 'Was später kommt, steht nur auf der Seite.',
  counts: (done, waiting, failed) =>
    `${done} Nachrichten sind aufgeschrieben, ${waiting} warten${failed > 0 ? `, ${failed} schlugen fehl` : ''}.`,
  older: 'Auch ältere Nachrichten aufschreiben',
  olderAsked: 'Ältere Nachrichten werden aufgeschrieben, die neuesten zuerst.',
  saved: 'Transkription gesichert',
}
