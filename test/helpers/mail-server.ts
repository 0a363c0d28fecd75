import { type AddressInfo, createServer, type Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { makeLeaf, makeRoot } from '../../src/api/tls/make-certificate.ts'

export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  /** User who had logged in. */
  readonly user: string | undefined
  readonly secure: boolean
  readonly raw: string
}

/** A mail server (smtp-server) on loopback, as a provider runs one: STARTTLS, and a login for `ada`. */
export interface MailServer extends AsyncDisposable {
  readonly port: number
  /** The root of its certificate, PEM. */
  readonly root: string
  readonly mails: TakenMail[]
  /** What another one needs to be taken for it. */
  readonly identity: { readonly cert: string; readonly key: string }
}

export const MAIL_PASSWORD = 'a password for apps'

/** An error with the server's reply, as smtp-server wants it. */
export const reply = (responseCode: number, words: string) =>
  Object.assign(new Error(words), { responseCode })

export async function startMailServer(
  options: SMTPServerOptions & {
    /** Refuses a mail when it has come whole. */
    readonly refuse?: () => Error | undefined
    readonly port?: number
  } = {},
): Promise<MailServer> {
  const { refuse, port = 0, ...rest } = options
  const root = await makeRoot('Mail test', Date.now())
  const leaf = await makeLeaf(root, ['localhost', '127.0.0.1'], Date.now())
  const mails: TakenMail[] = []
  const server = new SMTPServer({
    cert: leaf.cert,
    key: leaf.key,
    disableReverseLookup: true,
    onAuth({ username, password }, _session, done) {
      if (username === 'ada' && password === MAIL_PASSWORD) done(null, { user: username })
      else done(reply(535, '5.7.8 the name or the password is wrong'))
    },
    onData(stream, session, done) {
      text(stream).then((raw) => {
        const refused = refuse?.()
        if (refused) return done(refused)
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          user: session.user,
          secure: session.secure,
          raw,
        })
        done()
      }, done)
    },
    ...rest,
  })
  // A client that goes away in the middle.
  server.on('error', () => {})
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  return {
    port: (server.server.address() as AddressInfo).port,
    root: root.cert,
    mails,
    identity: { cert: `${rest.cert ?? leaf.cert}`, key: `${rest.key ?? leaf.key}` },
    [Symbol.asyncDispose]: () => new Promise((closed) => server.close(() => closed())),
  }
}

/** Something that listens and says this, or nothing at all. */
export async function startOddServer(
  greeting?: string,
): Promise<AsyncDisposable & { readonly port: number }> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    if (greeting !== undefined) socket.end(greeting)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise((closed) => server.close(() => closed())),
  }
}
