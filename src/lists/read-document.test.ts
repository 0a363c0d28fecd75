import { describe, expect, it } from 'vitest'
import { collectNumbers } from './collect-numbers.ts'
import { readDocument } from './read-document.ts'

const read = (text: string) => {
  const into = collectNumbers('DE')
  readDocument(text, into)
  return { numbers: [...into.collect().world], skipped: into.skipped }
}
const BOTH = [49301234567, 49401234567]

describe('a document with numbers', () => {
  it.each([
    ['lines with comments', '# unwanted\r\n\r\n030 1234567 # prize draw\r\n+49401234567\r\n'],
    ['lines after a byte order mark', '\ufeff0301234567\n// more\n0401234567'],
    ['CSV by its first column', '030 1234567,Prize draw\n"0401234567","a, b"\n'],
    ['CSV by its heading', 'Name;Nummer\n"Gewinn; Spiel";0301234567\nUmfrage;040 1234567\n'],
    ['columns by tabs', 'caller_number\tvotes\n+49301234567\t4\n+49401234567\t9\n'],
    [
      'JSON of PhoneBlock',
      '{"numbers":[{"phone":"+49301234567","votes":4},{"phone":"+49401234567"}],"version":4}',
    ],
    ['JSON, plain', ' ["0301234567", {"number": "0401234567"}]'],
    [
      'vCards',
      'BEGIN:VCARD\r\nFN:A\r\nTEL;TYPE=work:030 12\r\n 34567\r\nitem1.TEL;VALUE=uri:tel:+49401234567\r\nEND:VCARD\r\n',
    ],
    [
      'the phone book of a FRITZ!Box',
      '<?xml version="1.0"?><phonebooks><phonebook name="Sperre"><contact><person><realName>A</realName></person><telephony><number type="home" prio="1">0301234567</number><number type="work">+49401234567</number></telephony></contact></phonebook></phonebooks>',
    ],
  ])('is read: %s', (_kind, text) => expect(read(text)).toEqual({ numbers: BOTH, skipped: 0 }))

  it('counts what is no number', () =>
    expect(read('0301234567\nnobody\n0401234567')).toEqual({ numbers: BOTH, skipped: 1 }))

  it.each([
    ['a web page', '<!doctype html><html><title>Log in</title><p>030 1234567</html>', 'it is a web page'],
    ['nothing', '', 'there are none in it'],
    ['comments only', '# moved to https://elsewhere.example\n', 'there are none in it'],
    ['an error in JSON', '{"error":"unauthorized"}', 'its JSON is no list, and has no list "numbers"'],
    ['half of a JSON', '{"numbers":[{"phone":"+4930', 'it breaks off, or is no JSON'],
    ['prose', 'Dear reader,\nthis list\nis gone.\nCall 030\n0301234567\n', 'most of it are no numbers'],
    ['bytes', '\u0000\u0001PK\u0003\u0004', 'there are none in it'],
  ])('is none: %s', (_kind, text, why) =>
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'AP_LIST_NO_NUMBERS', details: { why } }),
    ),
  )
})
