import type { Letter } from './letter.ts'

/** A letter as nodemailer wants it, but for where it goes. */
export function mailOf(letter: Letter, from: string) {
  const { attachment } = letter
  return {
    from: { name: 'Answerphone', address: from },
    to: { name: '', address: letter.to },
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    messageId: `<${letter.id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    headers: {
      // No machine shall answer a machine (RFC 3834 §5); the second is how Exchange is told.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    attachments: attachment
      ? [{ path: attachment.path, filename: attachment.name, contentType: attachment.media }]
      : [],
  }
}

/** A letter as it would go over the wire (RFC 5322), for who keeps it in a file. */
export async function letterSource(letter: Letter, from: string, date: Date): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  return new MailComposer({ ...mailOf(letter, from), date, disableUrlAccess: true }).compile().build()
}
