/** What a topic of ntfy is told. */
interface NtfyWords {
  readonly newMessage: (caller: string) => string
  readonly said: (caller: string) => string
  readonly heard: (caller: string) => string
  readonly deleted: (caller: string) => string
  readonly calls: (caller: string) => string
  readonly called: (caller: string) => string
  readonly lineLost: (line: string) => string
  readonly lineBack: (line: string) => string
  readonly pinLocked: (mailbox: string) => string
  readonly withheld: string
  readonly lockedUntil: (moment: string) => string
  /** `mailbox`: null for the disk. */
  readonly filling: (mailbox: string | null, percent: number) => string
  readonly fillingHelp: string
  readonly storageFull: string
  readonly storageFree: string
  readonly test: string
  readonly unknown: string
  readonly on: (line: string) => string
}

export const ntfyWords: Readonly<Record<'en' | 'de', NtfyWords>> = {
  en: {
    newMessage: (caller) => `New message from ${caller}`,
    said: (caller) => `What ${caller} said`,
    heard: (caller) => `Message from ${caller} heard`,
    deleted: (caller) => `Message from ${caller} deleted`,
    calls: (caller) => `${caller} calls`,
    called: (caller) => `${caller} called`,
    lineLost: (line) => `Line ${line} is lost`,
    lineBack: (line) => `Line ${line} is back`,
    pinLocked: (mailbox) => `Wrong PINs for mailbox ${mailbox}`,
    withheld: 'Number withheld',
    lockedUntil: (moment) => `no PIN is taken until ${moment}`,
    filling: (mailbox, percent) =>
      `${mailbox === null ? 'The disk' : `Mailbox ${mailbox}`} is ${percent} % full`,
    fillingHelp: 'Delete messages, or make room for more.',
    storageFull: 'No room for messages',
    storageFree: 'Room for messages again',
    test: 'A test of your answering machine',
    unknown: 'somebody unknown',
    on: (line) => `on ${line}`,
  },
  de: {
    newMessage: (caller) => `Neue Nachricht von ${caller}`,
    said: (caller) => `Die Worte von ${caller}`,
    heard: (caller) => `Nachricht von ${caller} gehört`,
    deleted: (caller) => `Nachricht von ${caller} gelöscht`,
    calls: (caller) => `${caller} ruft an`,
    called: (caller) => `${caller} hat angerufen`,
    lineLost: (line) => `Leitung ${line} ist weg`,
    lineBack: (line) => `Leitung ${line} ist wieder da`,
    pinLocked: (mailbox) => `Falsche PINs für die Mailbox ${mailbox}`,
    withheld: 'Nummer unterdrückt',
    lockedUntil: (moment) => `keine PIN gilt bis ${moment}`,
    filling: (mailbox, percent) =>
      `${mailbox === null ? 'Die Festplatte' : `Die Mailbox ${mailbox}`} ist zu ${percent} % voll`,
    fillingHelp: 'Löschen Sie Nachrichten, oder schaffen Sie Platz.',
    storageFull: 'Kein Platz für Nachrichten',
    storageFree: 'Wieder Platz für Nachrichten',
    test: 'Ein Test Ihres Anrufbeantworters',
    unknown: 'jemand Unbekanntem',
    on: (line) => `auf ${line}`,
  },
}
