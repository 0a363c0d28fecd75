import type { Body } from '../../sip/endpoint.ts'

/** Messages that nobody has heard, and those that somebody has; what is in the trash is neither. */
export interface MessageCounts {
  readonly new: number
  readonly heard: number
}

export const NO_MESSAGES: MessageCounts = { new: 0, heard: 0 }

export const MESSAGE_SUMMARY_TYPE = 'application/simple-message-summary'

/**
 * The state of a mailbox (RFC 3842 §3.5, §5.2). `account` is the URI that a phone calls to hear the messages; it may be
 * left away. There are no urgent messages, and the zeros say so, because some phones look for them.
 */
export function writeMessageSummary({ new: unheard, heard }: MessageCounts, account?: string): Body {
  const lines = [
    `Messages-Waiting: ${unheard > 0 ? 'yes' : 'no'}`,
    ...(account === undefined ? [] : [`Message-Account: ${account}`]),
    `Voice-Message: ${unheard}/${heard} (0/0)`,
  ]
  return { contentType: MESSAGE_SUMMARY_TYPE, bytes: Buffer.from(`${lines.join('\r\n')}\r\n`) }
}
