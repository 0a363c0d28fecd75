import { describe, expect, test } from 'vitest'
import { Headers } from './headers.ts'

const vias = () =>
  new Headers([
    ['v', 'SIP/2.0/UDP a, SIP/2.0/TCP b'],
    ['To', '<sip:a@b>'],
    ['VIA', 'SIP/2.0/UDP c'],
  ])

describe('Headers', () => {
  test('names have no case, and compact forms are the same (RFC 3261 §7.3)', () => {
    const headers = vias()
    expect(headers.first('via')).toBe('SIP/2.0/UDP a, SIP/2.0/TCP b')
    expect(headers.all('Via')).toHaveLength(2)
    expect(headers.count('V')).toBe(2)
    expect(headers.has('t')).toBe(true)
    expect(headers.has('From')).toBe(false)
    expect(headers.first('From')).toBeUndefined()
  })

  test('values are taken apart, those of credentials are not (RFC 3261 §7.3.1)', () => {
    expect(vias().values('Via')).toEqual(['SIP/2.0/UDP a', 'SIP/2.0/TCP b', 'SIP/2.0/UDP c'])
    expect(vias().firstValues('Via')).toEqual(['SIP/2.0/UDP a', 'SIP/2.0/TCP b'])
    const challenge = 'Digest realm="a", nonce="b"'
    expect(new Headers([['WWW-Authenticate', challenge]]).values('WWW-Authenticate')).toEqual([challenge])
    expect(new Headers([['Accept', '']]).values('Accept')).toEqual([])
  })

  test('the first value is taken off and the rest stays (RFC 3261 §18.1.2)', () => {
    const headers = vias()
    expect(headers.removeFirstValue('Via').values('Via')).toEqual(['SIP/2.0/TCP b', 'SIP/2.0/UDP c'])
    expect(headers.removeFirstValue('Via').values('Via')).toEqual(['SIP/2.0/UDP c'])
    expect(headers.removeFirstValue('Via').removeFirstValue('Via').has('Via')).toBe(false)
    expect(headers.has('To')).toBe(true)
  })

  test('keeps wire order through changes', () => {
    const headers = vias().prepend('Via', 'new').append('X-Last', '1').set('To', '<sip:c@d>')
    expect([...headers].map(([name]) => name)).toEqual(['Via', 'v', 'To', 'VIA', 'X-Last'])
    expect([...headers.set('Via', 'only')]).toEqual([
      ['Via', 'only'],
      ['To', '<sip:c@d>'],
      ['X-Last', '1'],
    ])
    expect([...headers.remove('t').set('Subject', 'new')].map(([name]) => name)).toEqual([
      'Via',
      'X-Last',
      'Subject',
    ])
  })

  test('a clone is its own', () => {
    const headers = vias()
    headers.clone().remove('Via')
    expect(headers.count('Via')).toBe(2)
  })

  test('a line break in a value can not start a header', () => {
    const headers = new Headers([['Subject', 'a\r\nVia: evil\n\nb']])
    expect([...headers.wire()]).toEqual([['Subject', 'a Via: evil b']])
  })

  test('a reader is asked once, and again after a change', () => {
    const headers = vias()
    let asked = 0
    const count = (of: Headers) => {
      asked++
      return of.count('Via')
    }
    expect([headers.read(count), headers.read(count), asked]).toEqual([2, 2, 1])
    headers.remove('Via')
    expect([headers.read(count), asked]).toEqual([0, 2])
  })
})
