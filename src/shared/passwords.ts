import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { createGate } from './gate.ts'
import type { Random } from './random.ts'

/** Passwords, kept as scrypt hashes that carry their own parameters. */
export interface Passwords {
  hash(password: string): Promise<string>
  /**
   * Whether the password belongs to the hash. An absent hash (nobody of that name) costs the same work and is never
   * right, so that the time of the answer does not tell which names exist.
   */
  verify(password: string, hash: string | undefined): Promise<boolean>
  /** True when the hash was made with other parameters than those of today. */
  isOutdated(hash: string): boolean
}

interface Cost {
  /** Binary logarithm of scrypt's N. */
  readonly ln: number
  readonly r: number
  readonly p: number
}

/** 32 MB and some 0.2 s on a small server (OWASP's password storage cheat sheet: N=2^15, r=8, p=3). */
const COST: Cost = { ln: 15, r: 8, p: 3 }
const KEY_BYTES = 32
const SALT_BYTES = 16
/** scrypt takes threads of the pool that files use too, and 32 MB each: two at a time, and a short queue. */
const AT_ONCE = 2
const WAITING = 32

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** @param cost for tests; a weaker hash still carries its parameters */
export function createPasswords(random: Random, cost: Cost = COST): Passwords {
  const gate = createGate(AT_ONCE, WAITING)
  const key = (password: string, salt: Buffer, { ln, r, p }: Cost) =>
    gate(() =>
      derive(password.normalize('NFKC'), salt, KEY_BYTES, { N: 2 ** ln, r, p, maxmem: 2 ** (ln + 11) }),
    )
  const nobody: Hash = { cost, salt: random.bytes(SALT_BYTES), key: Buffer.alloc(KEY_BYTES) }

  return {
    async hash(password) {
      const salt = Buffer.from(random.bytes(SALT_BYTES))
      return write({ cost, salt, key: await key(password, salt, cost) })
    },
    async verify(password, hash) {
      const known = hash === undefined ? undefined : read(hash)
      const { cost: itsCost, salt, key: right } = known ?? nobody
      const given = await key(password, salt, itsCost)
      return timingSafeEqual(given, right) && known !== undefined
    },
    isOutdated(hash) {
      const known = read(hash)
      return !known || known.cost.ln !== cost.ln || known.cost.r !== cost.r || known.cost.p !== cost.p
    },
  }
}

interface Hash {
  readonly cost: Cost
  readonly salt: Buffer
  readonly key: Buffer
}

/** In the PHC string format: $scrypt$ln=15,r=8,p=3$salt$key. */
function write({ cost: { ln, r, p }, salt, key }: Hash): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`
}

function read(hash: string): Hash | undefined {
  const [, ln, r, p, salt = '', key = ''] =
    hash.match(/^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]{43})$/) ?? []
  if (ln === undefined) return undefined
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  }
}
