/** A mail as it is handed to the server. */
export interface Letter {
  /** With it the recipient's server tells a mail that comes twice from two. Without the angle brackets. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachment?: Attachment
}

export interface Attachment {
  readonly path: string
  readonly bytes: number
  /** The name under which it arrives. */
  readonly name: string
  readonly media: string
}
