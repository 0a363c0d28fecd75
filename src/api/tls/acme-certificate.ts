import { join } from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import { keep, readKept } from '../../shared/kept.ts'
import type { Log } from '../../shared/log.ts'
import { repeat } from '../../shared/repeat.ts'
import { type Certificate, type CertificateSource, covers, isDue } from './certificate.ts'

const LOOK_EVERY_MS = 12 * 3600_000
/** After a failure: authorities allow five an hour for a name. */
const TRY_AGAIN_MS = 3600_000

export interface AcmeOptions {
  readonly dir: string
  readonly names: readonly string[]
  readonly email: string
  /** The authority's directory (RFC 8555 §7.1.1). */
  readonly directory: string
  /** What is shown until the authority has given one. */
  readonly meanwhile: CertificateSource
  readonly clock: Clock
  readonly log: Log
}

/**
 * A certificate that browsers know, from an authority like Let's Encrypt by ACME (RFC 8555), renewed after two thirds of its life.
 * It is fetched while the machine runs already: calls do not wait for an authority.
 */
export async function openAcmeCertificate(options: AcmeOptions): Promise<CertificateSource> {
  const { dir, names, email, directory, meanwhile, clock, log } = options
  const path = join(dir, 'acme.json')
  const account = join(dir, 'acme-account.json')
  const answers = new Map<string, string>()
  let current = await readKept<Certificate>(path)
  const looking = repeat(clock, 0, look)

  async function look(): Promise<number> {
    if (current && covers(current, names) && !isDue(current, clock.now())) return LOOK_EVERY_MS
    try {
      current = await order()
      await keep(path, current)
      source.onReplaced(current)
      log.info({ names }, 'the authority gave a certificate')
      return LOOK_EVERY_MS
    } catch (error) {
      log.error({ err: error, names }, 'the authority gave no certificate; it is asked again in an hour')
      return TRY_AGAIN_MS
    }
  }

  async function order(): Promise<Certificate> {
    // Loaded only to order: it brings an HTTP client and more.
    const { default: acme } = await import('acme-client')
    const known = await readKept<{ readonly key: string }>(account)
    const accountKey = known?.key ?? (await acme.crypto.createPrivateEcdsaKey()).toString()
    if (!known) await keep(account, { key: accountKey })
    const client = new acme.Client({ directoryUrl: directory, accountKey })
    const [key, request] = await acme.crypto.createCsr(
      { altNames: [...names] },
      await acme.crypto.createPrivateEcdsaKey(),
    )
    const cert = await client.auto({
      csr: request,
      email,
      termsOfServiceAgreed: true,
      challengePriority: ['http-01'],
      // Behind many routers a machine can't reach itself by its public name; the authority can.
      skipChallengeVerification: true,
      challengeCreateFn: async (_authorization, { token }, answer) => void answers.set(token, answer),
      challengeRemoveFn: async (_authorization, { token }) => void answers.delete(token),
    })
    return { cert, key: key.toString() }
  }

  meanwhile.onReplaced = (certificate) => {
    if (!current) source.onReplaced(certificate)
  }
  const source: CertificateSource = {
    get current() {
      return current ?? meanwhile.current
    },
    onReplaced: () => {},
    get root() {
      return current ? undefined : meanwhile.root
    },
    challenge: (token) => answers.get(token),
    [Symbol.dispose]() {
      looking[Symbol.dispose]()
      meanwhile[Symbol.dispose]()
    },
  }
  return source
}
