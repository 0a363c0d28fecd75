import type { Contact } from '../../store/model.ts'

/** RFC 6350 §3.2: octets in a line, its end left out. */
const LONGEST_LINE = 75

/** The contacts as a vCard file (RFC 6350), which telephones and address books read. */
export function writeCards(contacts: readonly Contact[]): string {
  return contacts.map(writeCard).join('')
}

function writeCard({ id, name, note, numbers }: Contact): string {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:${escaped(id)}`,
    `FN:${escaped(name)}`,
    ...numbers.map((number) => `TEL:${escaped(number)}`),
    ...(note === '' ? [] : [`NOTE:${escaped(note)}`]),
    'END:VCARD',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

/** RFC 6350 §3.4. */
const escaped = (text: string): string => text.replace(/[\\,;]/g, '\\$&').replace(/\r?\n/g, '\\n')

/** Breaks a long line, never within a character. */
function fold(line: string): string {
  const folded: string[] = []
  let [part, octets] = ['', 0]
  for (const character of line) {
    const more = Buffer.byteLength(character)
    if (octets + more > LONGEST_LINE) {
      folded.push(part)
      ;[part, octets] = [' ', 1]
    }
    part += character
    octets += more
  }
  return [...folded, part].join('\r\n')
}
