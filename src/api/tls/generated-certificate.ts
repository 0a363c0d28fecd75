import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import { keep, readKept } from '../../shared/kept.ts'
import type { Log } from '../../shared/log.ts'
import { repeat } from '../../shared/repeat.ts'
import { type Certificate, type CertificateSource, covers, isDue } from './certificate.ts'

const LOOK_EVERY_MS = 3600_000

export interface GeneratedOptions {
  /** Where the root and the certificate are kept. */
  readonly dir: string
  /** Host names; this machine's addresses are added. */
  readonly names: readonly string[]
  readonly addresses?: () => readonly string[]
  readonly clock: Clock
  readonly log: Log
}

/**
 * A certificate that this machine makes itself, signed by a root that it makes once. Who trusts the root sees no warning; a
 * new address, a new name or old age bring a new certificate, and nothing has to be trusted anew.
 */
export async function openGeneratedCertificate(options: GeneratedOptions): Promise<CertificateSource> {
  const { dir, names, addresses = ownAddresses, clock, log } = options
  const root = await readOrMakeRoot(join(dir, 'root.json'), clock)
  let current = await ensureLeaf()

  async function ensureLeaf(): Promise<Certificate> {
    const wanted = [...new Set(['localhost', ...names, ...addresses()])]
    const kept = await readKept<Certificate>(join(dir, 'certificate.json'))
    if (kept && covers(kept, wanted) && !isDue(kept, clock.now())) return kept
    // Loaded only now: it takes 0.2 s, and most starts need none of it.
    const { makeLeaf } = await import('./make-certificate.ts')
    const made = await makeLeaf(root, wanted, clock.now())
    await keep(join(dir, 'certificate.json'), made)
    return made
  }

  async function look(): Promise<number> {
    try {
      const next = await ensureLeaf()
      if (next.cert !== current.cert) {
        current = next
        source.onReplaced(next)
      }
    } catch (error) {
      log.error({ err: error }, 'the certificate can not be made anew; the old one stays')
    }
    return LOOK_EVERY_MS
  }

  const source: CertificateSource = {
    get current() {
      return current
    },
    onReplaced: () => {},
    root: root.cert,
    challenge: () => undefined,
    ...repeat(clock, LOOK_EVERY_MS, look),
  }
  return source
}

async function readOrMakeRoot(path: string, clock: Clock): Promise<Certificate> {
  const kept = await readKept<Certificate>(path)
  if (kept) return kept
  const { makeRoot } = await import('./make-certificate.ts')
  const made = await makeRoot(`Answerphone on ${hostname()}`, clock.now())
  await keep(path, made)
  return made
}

/** This machine's addresses; those of a link alone have a zone, which certificates can't name. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ scopeid }) => !scopeid).map(({ address }) => address),
  )
}
