import type { ListWords } from './list-words.ts'

const numbers = (count: string) => (count === '1' ? '1 Nummer' : `${count} Nummern`)

/** Die Worte der Sperrlisten auf Deutsch. */
export const de: ListWords = {
  lead: 'Nummern, vor denen andere warnen. Was aus ihren Anrufen wird, sagen Ihre Regeln; wen Sie kennen, der sollte dort zuerst kommen. Niemand draußen erfährt, wer Sie anruft: Listen werden im Ganzen geholt.',
  toRules: 'Zu den Regeln',
  none: 'Keine Sperrlisten',
  noneHelp:
    'Fügen Sie unten eine hinzu und übernehmen Sie dann die Regel „Nummern auf Sperrlisten kommen in den Spam“.',
  count: (count) => (count === 1 ? '1 Liste' : `${count} Listen`),
  summaryNone: 'Keine',
  numbers,
  skipped: (count) => `${count} Einträge waren keine Nummern`,
  kinds: { phoneblock: 'PhoneBlock', url: 'Adresse', file: 'Datei' },
  read: (when) => `gelesen ${when}`,
  never: 'noch nicht gelesen',
  next: (when) => `wieder etwa ${when}`,
  states: { good: 'aktuell', failing: 'nicht gelesen', empty: 'leer' },
  refresh: 'Jetzt holen',
  refreshName: (name) => `Jetzt holen: ${name}`,
  refreshed: (name, count) => `${name} hat ${numbers(count)}.`,
  choose: 'Andere Datei',
  chooseName: (name) => `Andere Datei für ${name}`,
  removeName: (name) => `${name} entfernen`,
  removeAsk: (name) =>
    `Die Liste „${name}“ entfernen? Regeln, die nur nach ihr fragen, gelten dann für keinen Anruf mehr.`,
  removed: (name) => `„${name}“ ist entfernt.`,
  heading: 'Liste hinzufügen',
  kind: 'Woher sie kommt',
  choices: {
    phoneblock: 'PhoneBlock',
    url: 'von einer Adresse, immer wieder geholt',
    file: 'aus einer Datei von mir',
  },
  name: 'Name',
  nameHint: 'Buchstaben und Ziffern, ohne Leerzeichen.',
  url: 'Adresse',
  urlHint: 'Eine Nummer je Zeile, CSV, JSON, vCard oder ein Telefonbuch einer FRITZ!Box.',
  token: 'Token',
  tokenHint: 'Sie bekommen es in den Einstellungen Ihres Kontos bei phoneblock.net.',
  tokenOptional: 'Nur, wo der Server eines verlangt.',
  votes: 'Mindestens so viele Beschwerden',
  votesHint: 'PhoneBlock selbst gibt nur Nummern mit einigen Beschwerden heraus.',
  hours: 'Alle … Stunden geholt',
  file: 'Wählen Sie die Datei, sobald die Liste da ist.',
  add: 'Liste hinzufügen',
  added: (name) => `„${name}“ ist da.`,
  check: 'Steht eine Nummer auf einer Liste?',
  number: 'Nummer',
  ask: 'Nachsehen',
  on: (number, lists) => `${number} steht auf ${lists}.`,
  onNone: (number) => `${number} steht auf keiner Liste.`,
  problems: {
    AP_LIST_NO_NUMBERS: 'Dort ist keine Liste von Nummern. Was zuletzt gelesen wurde, gilt weiter.',
    AP_LIST_TOO_LONG: 'Die Liste hat zu viele Nummern. Nehmen Sie eine kürzere.',
    AP_LIST_TOO_LARGE: 'Die Liste ist zu groß. Nehmen Sie eine kürzere.',
    AP_LIST_UNREACHABLE:
      'Die Liste ist nicht zu holen. Stimmt die Adresse, und läuft der Server? Es wird wieder versucht.',
    AP_LIST_TOO_SLOW: 'Die Liste kam nicht in angemessener Zeit. Es wird wieder versucht.',
    AP_LIST_LOGIN_REFUSED:
      'Der Server lehnt das Token ab. Entfernen Sie die Liste und fügen Sie sie mit einem neuen hinzu.',
    AP_LIST_NOT_ANSWERED:
      'Der Server antwortet nicht mit einer Liste. Stimmt die Adresse? Es wird wieder versucht.',
    AP_LIST_NOT_CALLED: 'Diese Adresse wird nicht aufgerufen. Nehmen Sie eine andere.',
  },
}
