/** The words of notifications; the page's own are not loaded where it is not. */
interface NotificationWords {
  readonly withheld: string
  readonly onLine: (line: string) => string
  readonly ringing: (caller: string) => string
  readonly saysName: string
  readonly said: (words: string) => string
  readonly pickUp: string
  readonly answer: string
  readonly missed: (caller: string) => string
  readonly taken: (caller: string) => string
  readonly message: (caller: string) => string
  readonly play: string
  readonly delete: string
  readonly pinLocked: (mailbox: string) => string
  readonly lockedUntil: (moment: string) => string
  readonly filling: (mailbox: string | null, percent: number) => string
  readonly fillingHelp: string
  readonly test: string
  readonly testHelp: string
}

const en: NotificationWords = {
  withheld: 'Number withheld',
  onLine: (line) => `on ${line}`,
  ringing: (caller) => `${caller} calls`,
  saysName: 'says a name – touch to listen',
  said: (words) => `“${words}”`,
  pickUp: 'Pick up',
  answer: 'Let the machine answer',
  missed: (caller) => `${caller} called`,
  taken: (caller) => `${caller} has been answered`,
  message: (caller) => `New message from ${caller}`,
  play: 'Play',
  delete: 'Delete',
  pinLocked: (mailbox) => `Wrong PINs for mailbox ${mailbox}`,
  lockedUntil: (moment) => `no PIN is taken until ${moment}`,
  filling: (mailbox, percent) =>
    `${mailbox === null ? 'The disk' : `Mailbox ${mailbox}`} is ${percent} % full`,
  fillingHelp: 'Delete messages, or make room for more.',
  test: 'Notifications work',
  testHelp: 'This browser is told of calls and new messages.',
}

const de: NotificationWords = {
  withheld: 'Unbekannt',
  onLine: (line) => `auf ${line}`,
  ringing: (caller) => `${caller} ruft an`,
  saysName: 'sagt einen Namen – zum Anhören antippen',
  said: (words) => `„${words}“`,
  pickUp: 'Abnehmen',
  answer: 'Die Maschine soll annehmen',
  missed: (caller) => `${caller} hat angerufen`,
  taken: (caller) => `${caller} wurde angenommen`,
  message: (caller) => `Neue Nachricht von ${caller}`,
  play: 'Abspielen',
  delete: 'Löschen',
  pinLocked: (mailbox) => `Falsche PINs für die Mailbox ${mailbox}`,
  lockedUntil: (moment) => `keine PIN gilt bis ${moment}`,
  filling: (mailbox, percent) =>
    `${mailbox === null ? 'Die Festplatte' : `Die Mailbox ${mailbox}`} ist zu ${percent} % voll`,
  fillingHelp: 'Löschen Sie Nachrichten, oder schaffen Sie Platz.',
  test: 'Benachrichtigungen kommen an',
  testHelp: 'Dieser Browser meldet Anrufe und neue Nachrichten.',
}

export const wordsIn = (language: string): NotificationWords => (language === 'de' ? de : en)
