import type { LadderWords } from './ladder-words.ts'

/** The words of what went over the wire, in German. */
export const de: LadderWords = {
  heading: 'Einzelheiten des Anrufs',
  loading: 'Lese, was über die Leitung ging',
  missing:
    'Was für diesen Anruf über die Leitung ging, ist nicht bekannt. Es steht ein paar Sekunden nach dem Ende eines Anrufs hier und bleibt so lange wie er.',
  failed: 'Die Einzelheiten ließen sich nicht lesen. Versuchen Sie es gleich noch einmal.',
  encrypted: {
    both: 'Verschlüsselt: wer anruft und was gesagt wird.',
    signalling:
      'Verschlüsselt ist, wer anruft, aber nicht, was gesagt wird: Wer im Netz mitlesen kann, hört es.',
    sound:
      'Verschlüsselt ist, was gesagt wird, aber nicht, wer anruft, und auch die Schlüssel nicht: Wer im Netz mitlesen kann, kann es entschlüsseln.',
    neither: 'Nicht verschlüsselt: Wer im Netz mitlesen kann, weiß, wer anruft, und hört es.',
  },
  encryptedHint:
    'Zwischen Answerphone und dem anderen Ende der Leitung, also Ihrem Anbieter oder Ihrer Telefonanlage; was dahinter liegt, lässt sich nicht sagen.',
  sound: 'Der Ton',
  noSound: 'Es floss kein Ton.',
  verdicts: {
    excellent: 'ausgezeichnet',
    good: 'gut',
    fair: 'ausreichend',
    poor: 'schlecht',
    bad: 'sehr schlecht',
  },
  caller: 'dem Anrufer',
  machine: 'Anrufbeantworter',
  heardFrom: (who) => `Von ${who}`,
  sentTo: (who) => `An ${who}`,
  heard: (lost, jitter) => `${lost} verloren, Jitter ${jitter}`,
  rated: (verdict, mos) => `${verdict} (${mos})`,
  nothingHeard: 'nichts zu hören',
  noReport: (packets) => `${packets} Pakete; die Gegenseite hat nichts darüber berichtet`,
  more: (codec, packets, gap) => `${codec}, ${packets} Pakete, längste Lücke ${gap}`,
  late: (packets) => `${packets} zu spät`,
  roundTrip: (time) => `hin und zurück ${time}`,
  scale:
    'Die Zahl schätzt, wie Menschen den Ton benotet hätten, von 1 bis 5; schmalbandiges Telefonieren endet bei 4,4.',
  messages: 'Was gesagt wurde',
  hint: 'Die Zeit läuft nach unten. Eine Zeile zeigt auf Druck die ganze Nachricht; Geheimnisse sind herausgenommen.',
  message: (seconds, from, to, title) => `Nach ${seconds} s, von ${from} an ${to}: ${title}`,
  again: 'nochmals',
  omitted: (count) =>
    count === 1
      ? '1 weitere Nachricht wurde nicht behalten.'
      : `${count} weitere Nachrichten wurden nicht behalten.`,
  save: 'Für Wireshark speichern',
  milliseconds: (number) => `${number} ms`,
}
