import { createECDH } from 'node:crypto'
import { keep, readKept } from '../../shared/kept.ts'

/** The keys by which push services know this machine (RFC 8292 §3.2): base64url, uncompressed point and scalar. */
export interface VapidKeys {
  readonly publicKey: string
  readonly privateKey: string
}

/** Reads the keys, or makes them the first time: browsers subscribe to the one machine that has them. */
export async function readOrMakeVapidKeys(file: string): Promise<VapidKeys> {
  const kept = await readKept<VapidKeys>(file)
  if (kept) return kept
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  const made = {
    publicKey: pair.getPublicKey('base64url'),
    // A scalar that begins with zeros comes shorter.
    privateKey: Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url'),
  }
  await keep(file, made)
  return made
}
