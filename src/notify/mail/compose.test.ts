import { describe, expect, it } from 'vitest'
import { composeMessage, composeTest, type MessageFacts } from './compose.ts'

const facts: MessageFacts = {
  message: {
    id: '01J0MESSAGE',
    callerName: 'Ruth Adebayo',
    callerNumber: '+442079460123',
    receivedAt: Date.UTC(2026, 10, 26, 14, 5),
    durationMs: 23_400,
    cutOff: false,
    kind: 'message',
    note: '',
  },
  mailbox: 'home',
  sender: null,
  note: '',
  said: '',
  file: 'message.mp3',
  pageUrl: null,
  language: 'en',
}
const about = (message: Partial<MessageFacts['message']>, rest: Partial<MessageFacts> = {}) =>
  composeMessage({ ...facts, ...rest, message: { ...facts.message, ...message } })

describe('a mail about a message', () => {
  it('tells who, when and how long, as text and as HTML', () => {
    const { subject, text, html } = about({})
    expect(subject).toBe('Message from Ruth Adebayo (0:23)')
    for (const body of [text, html])
      for (const part of ['Ruth Adebayo', '+442079460123', '0:23', 'home', 'message.mp3', '26 November 2026'])
        expect(body).toContain(part)
    expect(html).not.toContain('<a ')
  })

  it('names who sends it on, and quotes what they add', () => {
    const { text, html } = about(
      { note: 'about seven' },
      { sender: 'Ada', note: 'Call her\nback', pageUrl: 'https://machine.example/?a=1&b=2' },
    )
    expect(text).toContain('Ada sends you this message')
    expect(text).toContain('> Call her\n> back')
    expect(text).toContain('about seven')
    expect(html).toContain('Call her<br>back')
    // It opens the message itself.
    expect(html).toContain('href="https://machine.example/?a=1&amp;b=2#/show/01J0MESSAGE"')
  })

  it('has what was said, where it is written down', () => {
    const said = 'Hello. <b>Call me</b> back.'
    const { text, html } = about({}, { said })
    expect(text).toContain(`“${said}”`)
    expect(html).toContain('“Hello. &lt;b&gt;Call me&lt;/b&gt; back.”')
    expect(about({}).text).not.toContain('“')
    expect(about({}, { said: 'x'.repeat(100_000) }).html.length).toBeLessThan(20_000)
  })

  it('says what is special', () => {
    expect(about({ callerName: null }).subject).toBe('Message from +442079460123 (0:23)')
    expect(about({ callerName: null, callerNumber: null }).subject).toContain('Number withheld')
    expect(about({ kind: 'conversation', durationMs: 3_725_000 }).subject).toBe(
      'Conversation with Ruth Adebayo (1:02:05)',
    )
    expect(about({ cutOff: true }, { language: 'de' }).text).toContain('Die Aufnahme brach ab')
  })

  it('lets no caller write mark-up, lines or anything that steers', () => {
    const callerName = 'Eve\r\nBcc: all@example.org\u0000\u202e<script>alert(1)</script>"'
    const { subject, html } = about({ callerName })
    expect(subject).not.toMatch(/\p{C}/u)
    expect(html).not.toContain('<script>')
    expect(html).not.toContain('\u202e')
    expect(about({ callerName: '\r\n', callerNumber: '\u0000' }).subject).toContain('Number withheld')
  })
})

it('a test mail says that it is one', () => {
  const { subject, text, html } = composeTest({ pageUrl: 'https://machine.example/', language: 'de' })
  expect(subject).toBe('Die Post kommt an')
  expect(text).toContain('https://machine.example/')
  expect(html).toContain('lang="de"')
})
