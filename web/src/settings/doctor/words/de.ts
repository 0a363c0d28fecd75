import type { DoctorWords } from './doctor-words.ts'

/** The words of the check-up, in German. */
export const de: DoctorWords = {
  summary: 'Was in Ordnung ist und was zu tun ist',
  lead: 'Sieht nach allem, wovon Anrufe abhängen, und sagt, was zu tun ist, wo etwas nicht stimmt. Es wird niemand angerufen.',
  looking: 'Wird nachgesehen …',
  again: 'Noch einmal nachsehen',
  at: (time) => `Stand ${time}`,
  copyName: 'den ganzen Bericht',
  copy: 'Als Text kopieren',
  well: 'Alles ist in Ordnung.',
  problems: (count) => (count === 1 ? '1 Sache ist zu klären' : `${count} Sachen sind zu klären`),
  inOrder: (count) => `In Ordnung (${count})`,
  levels: { ok: 'In Ordnung', warn: 'Ansehen', fail: 'Falsch' },
  areas: {
    program: 'Programm',
    disk: 'Festplatte und Datenbank',
    clock: 'Uhr',
    ports: 'Ports',
    address: 'Adresse',
    lines: 'Leitungen',
    names: 'Namen',
    certificates: 'Zertifikate',
    lists: 'Sperrlisten',
    phones: 'Telefone',
    contacts: 'Kontakte',
    sound: 'Ton',
  },
  sound: 'Hört man sich in beiden Richtungen?',
  soundLead:
    'Das zeigt nur ein Anruf. Die Maschine ruft eine Nummer an, die zurückgibt, was sie hört, schickt einige Sekunden Töne und horcht, ob sie wiederkommen.',
  line: 'Über die Leitung',
  number: 'Nummer, die angerufen wird',
  numberHint: 'So, wie Sie sie bei Ihrem Anbieter wählen. Der Anruf kann kosten, was ein Anruf kostet.',
  kinds: {
    echo: (number) => `${number}: Echo des Anbieters`,
    own: (number) => `${number}: Ihre eigene Nummer`,
  },
  choices: 'Dort bekannt:',
  call: (number) => (number === '' ? 'Anrufen' : `${number} anrufen`),
  calling: 'Ruft an und horcht, bis zu einer Minute …',
  noLines: 'Keine Leitung kann hinaustelefonieren. Eine mit Konto kann es, sobald sie angemeldet ist.',
}
