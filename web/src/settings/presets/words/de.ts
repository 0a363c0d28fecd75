import type { PresetWords } from './preset-words.ts'

/** The words of accounts at telephone systems and providers, in German. */
export const de: PresetWords = {
  from: 'Telefonanlage oder Anbieter',
  fromHint: 'Wählen Sie Ihren und lesen Sie, was dort zu tun ist.',
  choose: 'Bitte wählen …',
  steps: 'Was zu tun ist',
  sources: 'Nachzulesen bei:',
  registrar: 'Server',
  registrarHint:
    'Wo sich die Maschine anmeldet: ein Name oder eine Adresse, wo nötig mit ;transport=tcp oder ;transport=tls.',
  user: 'Benutzer',
  userHint: 'Oft die Rufnummer oder die Nebenstelle.',
  authUser: 'Benutzername für die Anmeldung',
  authUserHint: 'Nur, wo er ein anderer ist als der Benutzer.',
  password: 'Passwort',
  passwordHint: 'Es bleibt auf der Maschine und wird nie wieder angezeigt.',
  passwordKept: 'Es ist gesichert. Lassen Sie das Feld leer, dann bleibt es so.',
  account: 'Bei einem Anbieter anmelden',
  save: 'Dort anmelden',
  saved: (name) =>
    `Leitung ${name} meldet sich dort jetzt an. Ob es klappt, steht unter Einstellungen, Leitungen.`,
  states: { registering: 'Meldet sich an …', registered: 'Angemeldet', failing: 'Kann sich nicht anmelden' },
  failing: (detail) => `Die Maschine kann sich nicht anmelden und versucht es von selbst wieder: ${detail}`,
}
