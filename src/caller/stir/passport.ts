import { z } from 'zod'
import type { SipRequest } from '../../sip/message/message.ts'

/** A signed statement of who calls whom (RFC 8225), as it stands in one Identity header (RFC 8224 §4). Not checked yet. */
export interface Passport {
  /** JWS compact serialization, with all of its three parts. */
  readonly jwt: string
  /** Where the certificate of who signed it is. */
  readonly x5u: string
  readonly ppt: 'shaken' | 'div' | null
  readonly claims: Claims
}

const tn = z.string().regex(/^\+?[\d*#().-]{1,32}$/)
const uri = z.string().max(300)
const claims = z.object({
  iat: z.int().nonnegative(),
  orig: z.object({ tn: tn.optional(), uri: uri.optional() }),
  dest: z.object({ tn: z.array(tn).max(16).optional(), uri: z.array(uri).max(16).optional() }),
  attest: z.enum(['A', 'B', 'C']).optional(),
  origid: z.string().max(128).optional(),
  div: z.object({ tn: tn.optional(), uri: uri.optional() }).optional(),
})
export type Claims = z.infer<typeof claims>

const head = z.object({
  alg: z.literal('ES256'),
  typ: z.string().regex(/^passport$/i),
  ppt: z.enum(['shaken', 'div']).optional(),
  x5u: z.url({ protocol: /^https$/ }).max(1000),
})

/** Identity headers that are read; past it, and longer ones, nobody means well. */
const MOST = 4
const LONGEST = 8192
const TOKEN = /^([\w-]*)\.([\w-]*)\.([\w-]{1,200})$/
const INFO = /;\s*info\s*=\s*<([^<>]{1,1000})>/i
const PPT = /;\s*ppt\s*=\s*"?([\w-]{1,32})"?/i
const ALG = /;\s*alg\s*=\s*"?([\w-]{1,32})"?/i

/** What the compact form leaves out, for it stands in the message itself (RFC 8224 §4.1). */
export interface Implied {
  /** Digits of the caller's number and of the dialled one. */
  readonly orig: string | null
  readonly dest: string | null
}

/**
 * The passports of a request. What is of another kind (`rcd`, `rph` …) is none of ours and is left out; `broken` says that
 * one of ours can't be read, or contradicts its header.
 */
export function readPassports(
  { headers }: Pick<SipRequest, 'headers'>,
  implied: Implied,
): { readonly passports: readonly Passport[]; readonly broken: boolean } {
  const passports: Passport[] = []
  let broken = false
  for (const value of headers.values('Identity').slice(0, MOST)) {
    const ppt = PPT.exec(value)?.[1]?.toLowerCase() ?? null
    if (ppt !== null && ppt !== 'shaken' && ppt !== 'div') continue
    const date = Date.parse(headers.first('Date') ?? '')
    const passport = value.length > LONGEST ? undefined : readOne(value, ppt, implied, date)
    if (passport) passports.push(passport)
    else broken = true
  }
  return { passports, broken }
}

function readOne(value: string, ppt: Passport['ppt'], implied: Implied, date: number): Passport | undefined {
  const [token = ''] = value.split(';', 1)
  const [, first, second, signature] = TOKEN.exec(token.trim()) ?? []
  if (first === undefined || second === undefined || signature === undefined) return undefined
  const info = INFO.exec(value)?.[1]
  // RFC 8224 §4: without the parameter it is ES256.
  if ((ALG.exec(value)?.[1] ?? 'ES256') !== 'ES256') return undefined
  const isCompact = first === '' && second === ''
  // RFC 8588 §4: what a provider attests is in the token, so there is no compact form of it.
  if (isCompact && ppt !== null) return undefined
  const parts = isCompact ? impliedParts(info, implied, date) : ([first, second] as const)
  if (!parts) return undefined
  const header = head.safeParse(jsonOf(parts[0]))
  const payload = claims.safeParse(jsonOf(parts[1]))
  if (!header.success || !payload.success) return undefined
  const { x5u } = header.data
  if ((info !== undefined && info !== x5u) || (header.data.ppt ?? null) !== ppt) return undefined
  if (ppt === 'shaken' && (!payload.data.attest || !payload.data.origid)) return undefined
  return { jwt: [...parts, signature].join('.'), x5u, ppt, claims: payload.data }
}

/** RFC 8224 §4.1.1, RFC 8225 §9: the keys in alphabetical order, and no white space. */
function impliedParts(
  x5u: string | undefined,
  { orig, dest }: Implied,
  date: number,
): readonly [string, string] | undefined {
  if (x5u === undefined || orig === null || dest === null || Number.isNaN(date)) return undefined
  return [
    partOf({ alg: 'ES256', typ: 'passport', x5u }),
    partOf({ dest: { tn: [dest] }, iat: Math.floor(date / 1000), orig: { tn: orig } }),
  ]
}

const partOf = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return undefined
  }
}

/** RFC 8224 §8.3: digits alone, without what people put between and before them. */
export const canonicalTn = (number: string): string => number.replace(/[^\d*#]/g, '')
