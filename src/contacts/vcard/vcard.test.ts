import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCards } from './read-cards.ts'
import { writeCards } from './write-cards.ts'

const read = (...lines: string[]) => [...readCards(lines.join('\r\n'))]
const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD']

describe('a vCard file', () => {
  it('of a telephone is read: groups, types, URIs, folded and escaped text (RFC 6350 §3.2 to 3.4)', () => {
    const cards = read(
      '\ufeffBEGIN:VCARD',
      'VERSION:4.0',
      'N:Lovelace;Ada;;Dr.;',
      'FN:Dr. Ada\\, Countess of ',
      ' Lovelace',
      'item1.TEL;TYPE="voice,home";PREF=1;VALUE=uri:tel:+44-20-7946;ext=102',
      'TEL;TYPE=cell:+44 7700 900077',
      'X-ODD;X="a:b;c":d',
      'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ',
      ' SkZJRgABAQ',
      'NOTE:first\\nsecond\\; third',
      'END:VCARD',
      '',
    )
    expect(cards).toEqual([
      {
        kind: 'card',
        line: 1,
        uid: '',
        name: 'Dr. Ada, Countess of Lovelace',
        note: 'first\nsecond; third',
        numbers: [
          { line: 6, number: '+44-20-7946' },
          { line: 7, number: '+44 7700 900077' },
        ],
      },
    ])
  })

  it('may say a name only in its parts (RFC 6350 §6.2.2), and end its lines with LF', () => {
    const [only] = readCards(card('N:Group;Ada;Augusta\\;,King;Dr.;PhD', 'TEL:1').join('\n'))
    expect(only).toMatchObject({ name: 'Dr. Ada Augusta; King Group PhD' })
  })

  it('loses nothing by a bad line, which is told with its number', () => {
    const cards = read(
      'hello',
      ...card('FN:Ada', 'no colon here', 'TEL:1'), // from 2
      'BEGIN:VCARD', // 8
      'VERSION:3.0',
      'FN:Bob',
      ...card('TEL:2'), // from 11
      'BEGIN:VCARD', // 15
      'VERSION:2.1',
      'END:VCARD',
      ...card('FN:Eve', 'TEL:3'),
      'FN:nobody', // 23
    )
    expect(
      cards.map((each) => (each.kind === 'card' ? each.name : `${each.line} ${each.problem} ${each.text}`)),
    ).toEqual([
      '1 not-vcard hello',
      '5 not-vcard no colon here',
      'Ada',
      '8 no-end Bob',
      '11 no-name 2',
      '15 version 2.1',
      'Eve',
      '23 not-vcard FN:nobody',
    ])
  })

  it('that was written is read as it was, in lines of 75 octets at most (RFC 6350 §3.2)', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((any) => any.replace(/[\p{C}\p{Z}]+/gu, ' ').trim())
    const contact = fc.record({
      id: fc.constant('id'),
      favourite: fc.boolean(),
      name: text.filter((name) => name !== ''),
      note: text.map((note) => note.replaceAll(' ', '\n')),
      numbers: fc.array(fc.stringMatching(/^\+?[1-9][0-9 ]{0,9}[0-9]$/), { minLength: 1 }),
    })
    fc.assert(
      fc.property(fc.array(contact), (contacts) => {
        const written = writeCards(contacts)
        for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(
          [...readCards(written)].map(
            (each) => each.kind === 'card' && { ...each, numbers: each.numbers.map(({ number }) => number) },
          ),
        ).toMatchObject(contacts.map(({ name, note, numbers }) => ({ name, note, numbers })))
      }),
    )
  })

  it('of any kind is read to its end', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'BEGIN:VCARD',
        'END:VCARD',
        '\r\n',
        '\n',
        ' ',
        'TEL',
        ';',
        ':',
        '"',
        '\\',
        'FN:',
        'N:',
        'VERSION:3.0',
      ),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        for (const each of readCards(pieces.join(''))) expect(each.line).toBeGreaterThan(0)
      }),
    )
  })
})
