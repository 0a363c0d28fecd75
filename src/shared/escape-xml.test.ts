import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readXml } from '../../test/helpers/read-xml.ts'
import { escapeXml } from './escape-xml.ts'

describe('text in XML 1.0', () => {
  it('is escaped where it would be markup (§2.4)', () => {
    expect(escapeXml(`<Tom & "Jerry's">`)).toBe('&#60;Tom &#38; &#34;Jerry&#39;s&#34;&#62;')
    expect(escapeXml('Zoë 王 😀')).toBe('Zoë 王 😀')
  })

  it('has U+FFFD for what XML does not know (§2.2): controls and lone surrogates', () => {
    expect(escapeXml('a\u0000b\u001bc\u0085d\ufffee')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde')
    expect(escapeXml('\ud83d!\ude00')).toBe('\ufffd!\ufffd')
  })

  it('keeps white space in an attribute (§3.3.3)', () => {
    expect(readXml(`<a b="${escapeXml('\tone\r\ntwo ')}"/>`).attributes['b']).toBe('\tone\r\ntwo ')
  })

  it('can be read again, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { attributes, text: content } = readXml(`<a b="${escapeXml(text)}">${escapeXml(text)}</a>`)
        const expected = text.toWellFormed().replace(/[\ufffe\uffff]|(?![\t\r\n])\p{Cc}/gu, '\ufffd')
        expect(attributes['b']).toBe(expected)
        expect(content).toBe(expected)
      }),
    )
  })
})
