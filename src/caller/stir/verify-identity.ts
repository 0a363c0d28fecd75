import { compactVerify } from 'jose'
import type { Attestation } from '../../shared/attestation.ts'
import type { SipRequest } from '../../sip/message/message.ts'
import { canonicalTn, type Passport, readPassports } from './passport.ts'
import type { Signer } from './signer.ts'
import type { SignerAt } from './signers.ts'
import { mayVouchFor } from './tn-auth-list.ts'

/** RFC 8224 §6.2.2: how far the clock of who signed may be from ours, and the call from its signing. */
const FRESH_MS = 60_000

/** What a signature has to fit. */
export interface SignedCall {
  /** The caller's number, as it is shown: in E.164, or as the line wrote it. */
  readonly caller: string
  /** Numbers that this line is dialled by; empty when none is known. */
  readonly dialled: readonly string[]
  /** Wall time in ms. */
  readonly at: number
}

/**
 * Checks who signed that this number calls (RFC 8224 §6.2). `passed` and `failed` are certain; null is all else: there is
 * no signature, its certificate can't be had or is nobody's whom we trust, or nobody knows by which number this line is
 * called. Never rejects.
 */
export async function verifyIdentity(
  request: Pick<SipRequest, 'headers'>,
  { caller, dialled, at }: SignedCall,
  signerAt: SignerAt,
): Promise<Attestation | null> {
  const orig = canonicalTn(caller)
  const ours = new Set(dialled.map(canonicalTn).filter((number) => number !== ''))
  const [dest = null] = ours
  const { passports, broken } = readPassports(request, { orig, dest })
  if (passports.length === 0) return broken ? failed : null
  if (orig === '' || ours.size === 0) return null

  const judged = await Promise.all(
    passports.map(async (passport) => ({ passport, verdict: await judge(passport, signerAt, at) })),
  )
  const sound = judged.filter(({ verdict }) => verdict === 'sound').map(({ passport }) => passport)
  const reached = withDiverted(
    ours,
    sound.filter(({ ppt }) => ppt === 'div'),
  )
  const passed = sound.find(
    ({ ppt, claims }) =>
      ppt !== 'div' &&
      claims.orig.tn !== undefined &&
      canonicalTn(claims.orig.tn) === orig &&
      isFor(claims, reached),
  )
  if (passed) return { verdict: 'passed', level: passed.claims.attest ?? null, by: 'signature' }
  // What is sound and does not fit was made for another call.
  const isWrong = judged.some(({ passport, verdict }) => passport.ppt !== 'div' && verdict !== 'unknown')
  return isWrong || broken ? failed : null
}

const failed: Attestation = { verdict: 'failed', level: null, by: 'signature' }

/** `unknown`: by whom it is can't be told. */
async function judge(
  { jwt, x5u, claims }: Passport,
  signerAt: SignerAt,
  at: number,
): Promise<'sound' | 'wrong' | 'unknown'> {
  const signer = await signerAt(x5u)
  if (!signer) return 'unknown'
  if (Math.abs(at - claims.iat * 1000) > FRESH_MS || !mayStillSign(signer, at)) return 'wrong'
  // RFC 8946 §4: `div` is signed by whom the number is that sends the call on.
  const number = canonicalTn(claims.div?.tn ?? claims.orig.tn ?? '')
  if (!mayVouchFor(signer.mayVouchFor, number)) return 'wrong'
  try {
    await compactVerify(jwt, signer.key, { algorithms: ['ES256'] })
    return 'sound'
  } catch {
    return 'wrong'
  }
}

const mayStillSign = ({ notBefore, notAfter }: Signer, at: number) => notBefore <= at && at <= notAfter

const isFor = ({ dest }: Passport['claims'], numbers: ReadonlySet<string>): boolean =>
  dest.tn?.some((number) => numbers.has(canonicalTn(number))) === true

/** RFC 8946 §6: who calls one that sends the call on to us calls us; step by step, as many as there are. */
function withDiverted(ours: ReadonlySet<string>, diversions: readonly Passport[]): ReadonlySet<string> {
  const reached = new Set(ours)
  for (const _ of diversions)
    for (const { claims } of diversions)
      if (claims.div?.tn !== undefined && isFor(claims, reached)) reached.add(canonicalTn(claims.div.tn))
  return reached
}
