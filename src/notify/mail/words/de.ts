import type { LetterWords } from './letter-words.ts'

/** The words of mails, in German. */
export const de: LetterWords = {
  locale: 'de-DE',
  unknownCaller: 'Nummer unterdrückt',
  message: (caller, length) => `Nachricht von ${caller} (${length})`,
  conversation: (caller, length) => `Gespräch mit ${caller} (${length})`,
  newMessage: 'Neue Nachricht',
  newConversation: 'Aufgenommenes Gespräch',
  sentOn: (who) => `${who} schickt Ihnen diese Nachricht`,
  received: 'Empfangen',
  length: 'Länge',
  mailbox: 'Mailbox',
  note: 'Notiz',
  said: (text: string) => `„${text}“`,
  cutOff: 'Die Aufnahme brach ab: Das Gerät hielt an, oder sein Speicher war voll.',
  open: 'Answerphone öffnen',
  attached: (file) => `Die Aufnahme ist angehängt: ${file}`,
  sender: 'Gesendet von Answerphone, einem Anrufbeantworter.',
  lostSubject: (line) => `Leitung ${line} ist gestört`,
  backSubject: (line) => `Leitung ${line} geht wieder`,
  lineLost: 'Nicht angemeldet',
  lineBack: 'Wieder angemeldet',
  lostSince: 'Gestört seit',
  backSince: 'Wieder da seit',
  why: 'Grund',
  lostRemark:
    'Anrufe erreichen diese Leitung nicht. Die Anmeldung wird von selbst wiederholt; Sie erfahren, wenn sie wieder steht.',
  backRemark: 'Anrufe kommen wieder an. Wer zwischendurch anrief, hat hier niemanden erreicht.',
  lockedSubject: (mailbox) => `Falsche PINs für die Mailbox ${mailbox}`,
  pinLocked: 'Keine PIN gilt',
  typedBy: 'Getippt von',
  typedAt: 'Die letzte',
  lockedUntil: 'Gesperrt bis',
  lockedRemark:
    'Jemand rief an und tippte falsche PINs. Bis dahin gilt nicht einmal die richtige; jede weitere falsche sperrt länger. Waren Sie es nicht, geben Sie der Mailbox eine neue PIN, oder keine: Eine neue gilt sofort.',
  fillSubject: (mailbox, percent) =>
    `${mailbox === null ? 'Die Festplatte' : `Die Mailbox ${mailbox}`} ist zu ${percent} % voll`,
  filling: 'Wird voll',
  full: 'Voll',
  disk: 'Die Festplatte',
  filled: 'Belegt',
  fillingRemark: 'Anrufer merken nichts. Löschen Sie Gehörtes, oder lassen Sie die Mailbox mehr aufheben.',
  fullRemark:
    'Wenn Sie es nicht anders eingestellt haben, merken Anrufer nichts, und ihre Nachrichten werden trotzdem angenommen. Löschen Sie Gehörtes, oder lassen Sie die Mailbox mehr aufheben.',
  diskRemark:
    'Schaffen Sie Platz, oder stellen Sie ein, wie lange Nachrichten bleiben. Ist nichts mehr frei, geht erst das älteste Unerwünschte, dann der Papierkorb, ehe ein Anrufer hört, dass keine Nachricht angenommen werden kann.',
  testSubject: 'Die Post kommt an',
  testHeading: 'Es klappt',
  testText: 'Das ist die Probemail, um die Sie gebeten haben. So werden Nachrichten aussehen.',
}
