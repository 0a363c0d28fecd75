import type { ContactImport, VcardProblem } from '../../../../src/api/contract.ts'

/** The words of contacts, in English; they are loaded with what says them. */
export const en = {
  lead: 'Callers that you know by name. Your phones show it too; callers never learn of it.',
  none: 'No contacts yet',
  noneHelp: 'Add a caller from a message or a call, write one down here, or take in a file.',
  noneFound: 'Nobody goes by that.',
  search: 'Search contacts',
  count: (count: number) => (count === 0 ? 'Nobody' : count === 1 ? '1 contact' : `${count} contacts`),
  add: 'Add contact',
  added: (name: string) => `${name} is a contact.`,
  changed: (name: string) => `${name} is saved.`,
  removed: (name: string) => `${name} is no contact any more.`,
  removeAsk: (name: string) =>
    `Remove the contact ${name}? The calls and messages stay, under their numbers.`,
  synced: (source: string) =>
    `From the address book ${source}: change name and numbers there. Favourite and note are kept here.`,
  name: 'Name',
  note: 'Note',
  noteHint: 'Messages are found by it, too.',
  favourite: 'Favourite',
  favouriteHint: 'Rules can treat favourites better than others: let them ring at night, say.',
  numbers: 'Numbers',
  number: (place: number) => `Number ${place}`,
  addNumber: 'Another number',
  removeNumber: (number: string) => `Remove the number ${number}`,
  addTo: (number: string) => `To whom does ${number} belong?`,
  somebodyNew: 'Somebody new',
  filesHint:
    'Address books give contacts out as a file (.vcf, or .csv of Google, Outlook and spreadsheets). Taking the same one in twice changes nothing.',
  lookAt: 'Nothing is taken in yet: look at what would be.',
  takeIn: 'Take them in',
  wouldBe: ({ added, changed, unchanged, withoutNumber }: ContactImport) =>
    `${added} would be added, ${changed} get more numbers, ${unchanged} stay as they are${withoutNumber > 0 ? `, ${withoutNumber} without a number are left out` : ''}.`,
  unknownColumns: (columns: string) => `Nothing is taken in of these columns: ${columns}.`,
  import: 'Take in a file',
  importing: 'Reading …',
  export: 'Save all as a file',
  imported: ({ added, changed, unchanged, withoutNumber }: ContactImport) =>
    `${added} added, ${changed} with more numbers, ${unchanged} as before${withoutNumber > 0 ? `, ${withoutNumber} without a number left out` : ''}.`,
  problemsHeading: (count: number) =>
    count === 1 ? 'One line could not be taken in:' : `${count} lines could not be taken in:`,
  line: (line: number) => `Line ${line}`,
  problems: {
    'not-vcard': (text: string) => `“${text}” is no line of a vCard.`,
    'no-end': (text: string) => `The card ${text} does not end.`,
    version: (text: string) => `Version ${text} is not read; export as vCard 3.0 or 4.0.`,
    'no-name': (text: string) => `The card ${text} has no name.`,
    'not-csv': (text: string) => `The file can’t be read here: ${text}.`,
    'no-columns': (text: string) =>
      `No column is called Name or First Name, or none Phone or Number: ${text}`,
    'name-unusable': (text: string) => `“${text}” is too long for a name.`,
    'number-unusable': (text: string) => `“${text}” is no number.`,
    'number-taken': (text: string) => text,
    'too-many-numbers': (text: string) => `${text} is one number more than a contact may have.`,
  } satisfies Record<VcardProblem, (text: string) => string>,
}
