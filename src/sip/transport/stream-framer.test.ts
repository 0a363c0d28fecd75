import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastCpuMs } from '../../../test/helpers/least-cpu-ms.ts'
import { createStreamFramer, type Framed } from './stream-framer.ts'

function message(body: string, length = `Content-Length: ${Buffer.byteLength(body)}`): Buffer {
  return Buffer.from(`OPTIONS sip:a@b SIP/2.0\r\nSubject: x\r\n y\r\n${length}\r\n\r\n${body}`)
}

function frame(...pieces: (Buffer | string)[]): Framed[] {
  const framer = createStreamFramer()
  return pieces.flatMap((piece) => framer.feed(Buffer.from(piece)))
}

const kinds = (framed: Framed[]) => framed.map(({ kind }) => kind)
const reason = (framed: Framed[]) => framed.flatMap((each) => (each.kind === 'broken' ? [each.why] : []))

describe('createStreamFramer', () => {
  test('takes messages apart by Content-Length (RFC 3261 §18.3)', () => {
    const [first, second] = [message('one'), message('', 'l : 0')]
    expect(frame(Buffer.concat([first, second]))).toEqual([
      { kind: 'message', bytes: first },
      { kind: 'message', bytes: second },
    ])
  })

  test('a message that comes as pieces is the receiver’s to keep', () => {
    const framer = createStreamFramer()
    const chunk = message('one')
    const [first] = framer.feed(chunk)
    chunk.fill(0)
    framer.feed(message('two').subarray(0, 50))
    expect(first).toEqual({ kind: 'message', bytes: message('one') })
  })

  test('CRLFCRLF between messages is a keep-alive, a lone CRLF is nothing (RFC 5626 §4.4.1, RFC 3261 §7.5)', () => {
    expect(kinds(frame('\r\n\r\n'))).toEqual(['keep-alive'])
    expect(kinds(frame('\r', '\n\r', '\n\r\n', message('a'), '\r\n', '\r\n\r\n'))).toEqual([
      'keep-alive',
      'message',
      'keep-alive',
    ])
    expect(kinds(frame(message('\r\n\r\n')))).toEqual(['message'])
  })

  test.for([
    ['', 'no Content-Length'],
    ['Content-Length: x', 'Content-Length is no number'],
    ['Content-Length: -1', 'Content-Length is no number'],
    ['Content-Length: 1\r\nl: 1', 'more than one Content-Length'],
    ['Content-Length: 262145', 'body too long'],
    ['Content-Length: 99999999999999999999', 'Content-Length is no number'],
  ])('a head with "%s" breaks the stream: %s (RFC 3261 §18.3)', ([length = '', why]) => {
    const framed = frame(message('a', length === '' ? 'X: y' : length), message('b'))
    expect(framed).toHaveLength(1)
    expect(reason(framed)).toEqual([why])
  })

  test('what can’t be SIP breaks the stream at its first byte', () => {
    expect(reason(frame('\x16\x03\x01'))).toEqual(['no message starts like this'])
  })

  test('limits: a head without end, many headers, memory that is given back', () => {
    const framer = createStreamFramer({ maxHeadBytes: 1000, maxBodyBytes: 10 })
    expect(framer.feed(Buffer.alloc(1000, 'a'))).toEqual([])
    expect(framer.waiting).toBe(1000)
    expect(reason(framer.feed(Buffer.from('a')))).toEqual(['head too long'])
    expect(framer.waiting).toBe(0)
    expect(framer.feed(message('a'))).toEqual([])
    expect(reason(frame(`OPTIONS sip:a@b SIP/2.0\r\n${'a: b\r\n'.repeat(600)}\r\n`))).toEqual([
      'more than 512 header lines',
    ])
  })

  test('bytes that come one by one take linear time', async () => {
    const long = message('a'.repeat(200_000))
    const feed = () => {
      const framer = createStreamFramer()
      let found = 0
      for (let at = 0; at < long.length; at++) found += framer.feed(long.subarray(at, at + 1)).length
      expect(found).toBe(1)
    }
    // Joining the waiting bytes anew for each would take many seconds.
    expect(await leastCpuMs(1500, feed)).toBeLessThan(1500)
  })

  const part = fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }).map((body) => message(body)) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('\r\n', '\r\n\r\n', '\r\n\r\n\r\n', '\n').map((text) => Buffer.from(text)),
    },
    { weight: 1, arbitrary: fc.constant(Buffer.from('BYE sip:a@b SIP/2.0\nContent-Length: 4\n\n\r\n\r\n')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(message('a', 'X: y'), Buffer.from('\0'), Buffer.from('A b\r\n\r\n')),
    },
  )

  test('however a stream is cut, the same comes out of it', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), cuts, (parts, lengths) => {
        const stream = Buffer.concat(parts)
        const framer = createStreamFramer()
        const found: Framed[] = []
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const end = at + (lengths[turn % lengths.length] ?? 1)
          found.push(...framer.feed(stream.subarray(at, end)))
          at = end
        }
        const settled = (framed: Framed[]) =>
          framed.map((each) =>
            each.kind === 'broken' ? each.why : each.kind === 'message' ? each.bytes.toString() : '',
          )
        expect(settled(found)).toEqual(settled(frame(stream)))
      }),
      { numRuns: 1000 },
    )
  })

  test('whole messages come out as they went in, with pings between them', () => {
    const bodies = fc.array(fc.string({ maxLength: 50 }), { maxLength: 6 })
    fc.assert(
      fc.property(bodies, fc.boolean(), (texts, pings) => {
        const stream = Buffer.concat(
          texts.flatMap((text) => [Buffer.from(pings ? '\r\n\r\n' : ''), message(text)]),
        )
        const found = frame(stream)
        expect(found.flatMap((each) => (each.kind === 'message' ? [each.bytes.toString()] : []))).toEqual(
          texts.map((text) => message(text).toString()),
        )
        expect(found.filter(({ kind }) => kind === 'keep-alive')).toHaveLength(pings ? texts.length : 0)
      }),
    )
  })
})
