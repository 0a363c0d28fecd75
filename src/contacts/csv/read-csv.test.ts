import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText, needText } from '../../shared/decode-text.ts'
import type { Card, Problem } from '../vcard/read-cards.ts'
import { type Headings, readCsv } from './read-csv.ts'

async function read(...lines: string[]) {
  const all: (Card | Headings | Problem)[] = []
  for await (const one of readCsv(lines.join('\r\n'))) all.push(one)
  const cards = all.flatMap((one) =>
    one.kind === 'card'
      ? [`${one.line} ${one.name}: ${one.numbers.map(({ number }) => number).join(' ')}`]
      : [],
  )
  const problems = all.flatMap((one) =>
    one.kind === 'problem' ? [`${one.line} ${one.problem} ${one.text}`] : [],
  )
  const [headings] = all.flatMap((one) => (one.kind === 'headings' ? [one] : []))
  return { cards, problems, unknown: headings?.unknown, all }
}

describe('contacts of a CSV file', () => {
  it('of Google are read, several numbers of a cell too', async () => {
    const { cards, unknown, all } = await read(
      'First Name,Middle Name,Last Name,Organization Name,Notes,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Value',
      'Ada,,Lovelace,,"said ""hello"",\r\ntwice",ada@example.org,Mobile,+44 20 1 ::: +44 20 2,030 3',
      ',,,Kestrel Garage,,,Work,+44 20 4,',
      'Bob,,,,,,,,',
    )
    expect(cards).toEqual([
      '2 Ada Lovelace: +44 20 1 +44 20 2 030 3',
      '4 Kestrel Garage: +44 20 4',
      '5 Bob: ',
    ])
    expect(unknown).toEqual(['E-mail 1 - Value'])
    expect(all[1]).toMatchObject({ note: 'said "hello",\ntwice' })
  })

  it('of Outlook are read, in English and in German, with commas or semicolons', async () => {
    const english = await read(
      'Title,First Name,Last Name,Company,Business Fax,Business Phone,Mobile Phone,Birthday',
      'Dr.,Ada,Lovelace,Engines,+44 9,+44 1,+44 2,1815',
    )
    expect(english.cards).toEqual(['2 Dr. Ada Lovelace: +44 1 +44 2'])
    expect(english.unknown).toEqual(['Business Fax', 'Birthday'])
    const german = await read(
      '\ufeffAnrede;Vorname;Nachname;Fax geschäftlich;Telefon geschäftlich;Mobiltelefon;Notizen',
      'Frau;Zoë;"Müller; geb. Groß";030 9;030 1;0171 2;',
    )
    expect(german.cards).toEqual(['2 Frau Zoë Müller; geb. Groß: 030 1 0171 2'])
  })

  it('lose nothing by a bad line, and say when columns are missing', async () => {
    expect(await read('Name,Number', 'Ada,1', ',2', 'a "quoted" one,3', 'Eve')).toMatchObject({
      cards: ['2 Ada: 1', '4 a "quoted" one: 3', '5 Eve: '],
      problems: ['3 no-name 2'],
    })
    expect((await read('A,B', '1,2')).problems).toEqual(['1 no-columns A, B'])
    expect((await read('Name,Fax', 'Ada,2')).problems).toEqual(['1 no-columns Name, Fax'])
    expect(await read('')).toMatchObject({ cards: [], problems: [] })
    const { problems } = await read('Name,Number', `"${'x'.repeat(70_000)}`)
    expect(problems).toEqual([expect.stringMatching(/^2 not-csv /)])
  })

  it('are text by their byte order mark, or by what they can be', () => {
    expect(decodeText(Buffer.from('\ufeffZoë'))).toBe('Zoë')
    expect(decodeText(Buffer.from('Zoë'))).toBe('Zoë')
    expect(decodeText(Buffer.from('Zoë', 'latin1'))).toBe('Zoë')
    expect(decodeText(Buffer.from('\ufeffZoë', 'utf16le'))).toBe('Zoë')
    expect(decodeText(Uint8Array.of(0xfe, 0xff, 0, 0x5a))).toBe('Z')
    expect(decodeText(Uint8Array.of(0x80))).toBe('€')
    const file = 'Name,Number\nZoë Groß,030 7\n'
    const little = Buffer.from(file, 'utf16le')
    for (const bytes of [little, Buffer.from(little).swap16()]) expect(needText(bytes)).toBe(file)
  })

  it('are refused in a coding that is not known, for names would be rubbish', () => {
    const utf32 = Buffer.from([...'Zoë'].flatMap((letter) => [letter.codePointAt(0) ?? 0, 0, 0, 0]))
    const dos = Buffer.from([0x47, 0x81, 0x6e])
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d])
    for (const bytes of [utf32, dos, picture]) expect(() => needText(bytes)).toThrow('Save it as UTF-8')
  })

  it('of any kind are read to their end', async () => {
    const piece = fc.oneof(
      fc.constantFrom('Name', 'Phone', ',', ';', '\t', '"', '\r\n', '\n', '\ufeff'),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece), async (pieces) => {
        for await (const each of readCsv(pieces.join('')))
          if (each.kind !== 'headings') expect(each.line).toBeGreaterThan(0)
      }),
    )
  })
})
