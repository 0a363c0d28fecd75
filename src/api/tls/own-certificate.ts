import { readFile, stat } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import { repeat } from '../../shared/repeat.ts'
import type { Certificate, CertificateSource } from './certificate.ts'

const LOOK_EVERY_MS = 60_000

export interface OwnOptions {
  /** Files in PEM: the certificate with its chain, and its key. */
  readonly certFile: string
  readonly keyFile: string
  readonly clock: Clock
  readonly log: Log
}

/**
 * A certificate of the owner's, read from its files, and again when they have changed: what renews them needs to tell
 * nobody. Rejects with AP_CERTIFICATE_UNUSABLE.
 */
export async function openOwnCertificate({
  certFile,
  keyFile,
  clock,
  log,
}: OwnOptions): Promise<CertificateSource> {
  let current = await readFiles(certFile, keyFile)
  let changedAt = await newest(certFile, keyFile)

  async function look(): Promise<number> {
    try {
      const now = await newest(certFile, keyFile)
      if (now !== changedAt) {
        current = await readFiles(certFile, keyFile)
        changedAt = now
        source.onReplaced(current)
        log.info({ certFile }, 'the certificate was read anew')
      }
    } catch (error) {
      // Half-way through being replaced, perhaps: the next look sees both.
      log.warn({ err: error }, 'the certificate can not be read; the old one stays')
    }
    return LOOK_EVERY_MS
  }

  const source: CertificateSource = {
    get current() {
      return current
    },
    onReplaced: () => {},
    root: undefined,
    challenge: () => undefined,
    ...repeat(clock, LOOK_EVERY_MS, look),
  }
  return source
}

async function readFiles(certFile: string, keyFile: string): Promise<Certificate> {
  try {
    const pair = { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') }
    // Whether they are of one piece: else every connection would fail.
    createSecureContext(pair)
    return pair
  } catch (error) {
    throw new AnswerphoneError(
      'AP_CERTIFICATE_UNUSABLE',
      { certFile, keyFile, why: (error as Error).message },
      { cause: error },
    )
  }
}

/** When the newer of them was written, ms since the epoch. */
async function newest(...files: readonly string[]): Promise<number> {
  return Math.max(...(await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs))))
}
