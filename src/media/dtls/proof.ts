import { verify, X509Certificate } from 'node:crypto'

/** A handshake message as it is in the transcript. */
export interface HandshakeMessage {
  readonly msg_type: number
  readonly fragment: Buffer
  serialize(): Buffer
}

/** RFC 5246 §7.4 */
const CERTIFICATE_VERIFY = 15
const CLIENT_KEY_EXCHANGE = 16
/** RFC 5246 §7.4.1.4.1: RSA (PKCS #1) and ECDSA, both with SHA-256; we ask for no others. */
const SIGNATURE_SCHEMES = [0x0401, 0x0403]

/**
 * Whether the client has shown that the certificate is its own: it signed the handshake up to here, with the key that the
 * session's keys were made of (RFC 5246 §7.4.8). The library takes the message and does not look at the signature; without
 * this, whoever has seen the certificate once could pass for its owner.
 * @param transcript all messages but the first ClientHello and its HelloVerifyRequest (RFC 6347 §4.2.6), in order
 * @param clientKey the client's public key, of which the master secret was made
 */
export function isProved(
  transcript: readonly HandshakeMessage[],
  certificate: Buffer,
  clientKey: Buffer,
): boolean {
  const at = transcript.findIndex(({ msg_type }) => msg_type === CERTIFICATE_VERIFY)
  const proof = transcript[at]?.fragment
  const exchange = transcript.find(({ msg_type }) => msg_type === CLIENT_KEY_EXCHANGE)?.fragment
  // RFC 8422 §5.7: a point behind its length. A second one that came later is in no transcript.
  if (!proof || !exchange?.subarray(1).equals(clientKey)) return false
  if (proof.length < 4 || !SIGNATURE_SCHEMES.includes(proof.readUInt16BE(0))) return false
  const signature = proof.subarray(4)
  if (signature.length !== proof.readUInt16BE(2)) return false
  const signed = Buffer.concat(transcript.slice(0, at).map((message) => message.serialize()))
  try {
    return verify('sha256', signed, new X509Certificate(certificate).publicKey, signature)
  } catch {
    return false // no certificate that can be read, or a key of another kind
  }
}
