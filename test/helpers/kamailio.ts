import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLeaf, makeRoot } from '../../src/api/tls/make-certificate.ts'
import { eventually, run, start } from './processes.ts'
import { freePort } from './sipp.ts'

const CONFIG = join(import.meta.dirname, '../peers/kamailio/registrar.cfg')

/** A Kamailio that plays the provider `localhost`: any user with the password `secret`. */
export interface Provider extends AsyncDisposable {
  /** For UDP and TCP. */
  readonly port: number
  readonly tlsPort: number
  /** File with the authority that signed its certificate, which is for `localhost`, and in another place for its address. */
  readonly authority: string
  /** Users that are registered now. */
  registered(): Promise<string[]>
  /** The Contacts of all of them. */
  contacts(): Promise<string[]>
  /** As a crash would: what it knew of registrations is gone. */
  kill(): Promise<void>
  /** Starts it, again on the same ports. */
  start(): Promise<void>
}

/** Starts the provider on ports of the loopback, or of another place's, that were free a moment ago. */
export async function startProvider(place?: {
  readonly netns: string
  readonly address: string
}): Promise<Provider> {
  const folder = mkdtempSync(join(tmpdir(), 'kamailio-'))
  const port = await freePort('127.0.0.1')
  const tlsPort = await freePort('127.0.0.1')
  const root = await makeRoot('Provider', Date.now())
  const leaf = await makeLeaf(root, ['localhost', ...(place ? [place.address] : [])], Date.now())
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const authority = file('root.pem', root.cert)
  file('cert.pem', leaf.cert)
  file('key.pem', leaf.key)
  const values = { DIR: folder, HOST: place?.address ?? '127.0.0.1', PORT: `${port}`, TLS_PORT: `${tlsPort}` }
  const config = file(
    'kamailio.cfg',
    Object.entries(values).reduce(
      (text, [name, value]) => text.replaceAll(`@${name}@`, value),
      readFileSync(CONFIG, 'utf8'),
    ),
  )
  const [program = 'kamailio', ...inside] = place
    ? ['ip', 'netns', 'exec', place.netns, 'kamailio']
    : ['kamailio']
  const begin = () =>
    start(
      program,
      [...inside, '-f', config, '-P', join(folder, 'pid'), '-Y', folder, '-m', '128', '-M', '8', '-DD', '-E'],
      {
        detached: true,
      },
    )
  let server = begin()
  const socket = `unix:${join(folder, 'ctl')}`
  const dump = () => run('kamcmd', ['-s', socket, 'ul.dump'])
  const isUp = () =>
    place
      ? dump().then(
          () => true,
          () => false,
        )
      : answers(port)
  const provider: Provider = {
    port,
    tlsPort,
    authority,
    async registered() {
      return [...(await dump()).matchAll(/^\s*AoR: (\S+)/gm)].map(([, user]) => user ?? '')
    },
    async contacts() {
      return [...(await dump()).matchAll(/^\s*Address: (\S+)/gm)].map(([, uri]) => uri ?? '')
    },
    async kill() {
      // Its workers are processes of their own.
      if (server.child.pid) process.kill(-server.child.pid, 'SIGKILL')
      await server.ended
    },
    async start() {
      server = begin()
      await eventually(isUp)
    },
    [Symbol.asyncDispose]: () => provider.kill(),
  }
  await eventually(isUp)
  return provider
}

/** Whether somebody listens there. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const tell = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.on('connect', () => tell(true)).on('error', () => tell(false))
  })
}
