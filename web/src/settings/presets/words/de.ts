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
  states: { registering: 'Meldet sich an …', registered: 'Angemeldet', failing: 'Nicht angemeldet' },
  since: (since, server) => `Seit ${since}${server === null ? '' : ` · ${server}`}`,
  triedAgain: 'Es wird von selbst wieder versucht. Die letzte Antwort:',
  problems: {
    AP_REGISTRAR_NOT_FOUND: 'Einen Server dieses Namens gibt es nicht. Ist es ein Tippfehler?',
    AP_REGISTRAR_NAME_UNKNOWN:
      'Der Name des Servers ließ sich nicht auflösen. Ist die Maschine mit dem Netz verbunden?',
    AP_REGISTRAR_SILENT:
      'Vom Server kommt nichts zurück. Oft ist der Port ein anderer, oder eine Firewall ist im Weg: Versuchen Sie ;transport=tcp hinter dem Namen.',
    AP_REGISTRAR_UNREACHABLE: 'Es gibt keine Verbindung zum Server.',
    AP_REGISTRAR_UNSAFE:
      'Das Zertifikat des Servers passt nicht zu seinem Namen. Dorthin wurde nichts geschickt, auch kein Passwort.',
    AP_REGISTRAR_LOGIN_REFUSED:
      'Benutzer und Passwort passen nicht. Viele Anbieter haben für Telefone ein eigenes Passwort und manche einen Anmeldenamen, der nicht die Nummer ist.',
    AP_REGISTRAR_REFUSED:
      'Der Server will es nicht. Meist gibt es den Benutzer dort nicht, oder er darf kein Telefon haben.',
    AP_REGISTRAR_IN_TROUBLE: 'Der Server sagt, dass es gerade nicht geht.',
  },
}
