import { expect, it } from 'vitest'
import { writeMessageSummary } from './message-summary.ts'

const written = (...parameters: Parameters<typeof writeMessageSummary>) =>
  writeMessageSummary(...parameters).bytes.toString()

it('a message summary says how many are new and old (RFC 3842 §3.5, §5.2)', () => {
  expect(written({ new: 2, heard: 8 }, 'sip:kitchen@192.0.2.2')).toBe(
    'Messages-Waiting: yes\r\nMessage-Account: sip:kitchen@192.0.2.2\r\nVoice-Message: 2/8 (0/0)\r\n',
  )
  expect(writeMessageSummary({ new: 0, heard: 0 }).contentType).toBe('application/simple-message-summary')
})

it('a mailbox with heard messages only has none waiting (RFC 3842 §5.2)', () => {
  expect(written({ new: 0, heard: 3 })).toBe('Messages-Waiting: no\r\nVoice-Message: 0/3 (0/0)\r\n')
})
