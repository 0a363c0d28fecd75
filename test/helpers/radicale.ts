import { mkdtempSync, writeFileSync } from 'node:fs'
import { request as requestPlainly } from 'node:http'
import { request as requestSafely } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLeaf, makeRoot } from '../../src/api/tls/make-certificate.ts'
import { readied, start } from './processes.ts'
import { freePort } from './sipp.ts'

/** Radicale, a CardDAV server, on loopback: the user `ada` with the password `secret`. */
export interface Radicale extends AsyncDisposable {
  readonly url: string
  /** File with the authority of its certificate; undefined: it speaks plain HTTP. */
  readonly authority: string | undefined
  /** Makes an address book. */
  addBook(book: string, name: string): Promise<void>
  /** Puts a card there, or changes it. `lines` stand between BEGIN and END. */
  put(book: string, uid: string, ...lines: readonly string[]): Promise<void>
  remove(book: string, uid?: string): Promise<void>
  stop(): Promise<void>
  /** Starts it again, on the same port, with what it had. */
  start(): Promise<void>
}

export async function startRadicale({ tls = false } = {}): Promise<Radicale> {
  const folder = mkdtempSync(join(tmpdir(), 'radicale-'))
  const port = await freePort('127.0.0.1')
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  file('users', 'ada:secret\n')
  const root = tls ? await makeRoot('Radicale', Date.now()) : undefined
  const leaf = root && (await makeLeaf(root, ['localhost'], Date.now()))
  const authority = root && file('root.pem', root.cert)
  const secure = leaf && [
    'ssl = True',
    `certificate = ${file('cert.pem', leaf.cert)}`,
    `key = ${file('key.pem', leaf.key)}`,
  ]
  const config = file(
    'config',
    [
      ...['[server]', `hosts = 127.0.0.1:${port}`, ...(secure ?? [])],
      ...['[auth]', 'type = htpasswd', `htpasswd_filename = ${join(folder, 'users')}`],
      ...['htpasswd_encryption = plain', 'delay = 0'],
      ...['[storage]', `filesystem_folder = ${join(folder, 'collections')}`],
      ...['[web]', 'type = none', ''],
    ].join('\n'),
  )
  const begin = async () => {
    const process = start('radicale', ['--config', config, '--logging-level', 'info'])
    return readied(process, process.until(/Radicale server ready/))
  }
  let process = await begin()
  const url = `${tls ? 'https' : 'http'}://localhost:${port}`

  async function ask(method: string, path: string, body?: string, type = 'text/vcard'): Promise<void> {
    const headers = {
      'content-type': `${type}; charset=utf-8`,
      authorization: `Basic ${Buffer.from('ada:secret').toString('base64')}`,
    }
    const secure = root && { ca: root.cert }
    const send = secure ? requestSafely : requestPlainly
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    send(`${url}${path}`, { method, headers, ...secure })
      .on('response', (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
      })
      .on('error', reject)
      .end(body)
    const status = await promise
    if (status >= 300) throw new Error(`${method} ${path}: ${status}`)
  }

  return {
    url,
    authority,
    addBook: (book, name) =>
      ask(
        'MKCOL',
        `/ada/${book}/`,
        `<?xml version="1.0" encoding="UTF-8"?>
<create xmlns="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav"><set><prop>
  <resourcetype><collection/><CR:addressbook/></resourcetype><displayname>${name.replaceAll('&', '&amp;')}</displayname>
</prop></set></create>`,
        'application/xml',
      ),
    put: (book, uid, ...lines) =>
      ask(
        'PUT',
        `/ada/${book}/${uid}.vcf`,
        ['BEGIN:VCARD', ...lines, `UID:${uid}`, 'END:VCARD', ''].join('\r\n'),
      ),
    remove: (book, uid) => ask('DELETE', `/ada/${book}/${uid === undefined ? '' : `${uid}.vcf`}`),
    stop: async () => void (await process.stop()),
    async start() {
      process = await begin()
    },
    [Symbol.asyncDispose]: async () => void (await process.stop()),
  }
}
