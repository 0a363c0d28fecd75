/** What a column says of a contact. */
export type Meaning =
  | 'full-name'
  | 'prefix'
  | 'given'
  | 'middle'
  | 'family'
  | 'suffix'
  | 'company'
  | 'note'
  | 'number'
  /** It says of another column what that is (`Phone 1 - Label`). */
  | 'label'

/** What programs call their columns, without case and signs: Google, Outlook in English and German, and what people write themselves. */
const NAMES: readonly (readonly [Meaning, RegExp])[] = [
  ['label', /(label|type)$/],
  ['full-name', /^(name|fullname|displayname|fileas|anzeigename|kontakt|contact)$/],
  ['prefix', /^(nameprefix|prefix|title|titel|anrede)$/],
  ['given', /^(firstname|givenname|first|vorname)$/],
  ['middle', /^(middlename|additionalname|weiterevornamen|zweitervorname)$/],
  ['family', /^(lastname|familyname|surname|last|nachname|familienname)$/],
  ['suffix', /^(namesuffix|suffix|namenszusatz)$/],
  ['company', /^(company(name)?|organi[sz]ation(name)?|organization1name|firma|unternehmen)$/],
  ['note', /^(notes?|notiz(en)?|comments?|kommentare?|bemerkung(en)?)$/],
]

/** What columns of telephone numbers are called, in whole or in part. */
const PHONE = ['phone', 'telefon', 'mobile', 'mobil', 'handy', 'cell', 'rufnummer'] as const
/** Where nobody is heard. */
const NO_PHONE = ['fax', 'telex', 'label', 'type'] as const

/** What a heading says; undefined: nothing that a contact has. */
export function meaningOf(heading: string): Meaning | undefined {
  const plain = heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const known = NAMES.find(([, pattern]) => pattern.test(plain))?.[0]
  if (known || NO_PHONE.some((word) => plain.includes(word))) return known
  return PHONE.some((word) => plain.includes(word)) || /^(tel|numbers?|nummern?)\d*$/.test(plain)
    ? 'number'
    : undefined
}
