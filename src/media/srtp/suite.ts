/** The crypto suites of SDP (RFC 4568 §6.2, RFC 7714 §14.2), under their names there. DTLS-SRTP has numbers for the same. */
export type SuiteName =
  | 'AES_CM_128_HMAC_SHA1_80'
  | 'AES_CM_128_HMAC_SHA1_32'
  | 'AEAD_AES_128_GCM'
  | 'AEAD_AES_256_GCM'

/** What a suite asks for, in bytes. */
export interface Suite {
  readonly mode: 'counter' | 'gcm'
  readonly keyBytes: number
  readonly saltBytes: number
  /** RFC 3711 §8.2: 160 bits for HMAC-SHA1; the ciphers that authenticate by themselves need none. */
  readonly authKeyBytes: number
  readonly rtpTagBytes: number
  readonly rtcpTagBytes: number
}

const counter = { mode: 'counter', keyBytes: 16, saltBytes: 14, authKeyBytes: 20 } as const
const gcm = { mode: 'gcm', saltBytes: 12, authKeyBytes: 0, rtpTagBytes: 16, rtcpTagBytes: 16 } as const

export const suites: Readonly<Record<SuiteName, Suite>> = {
  AES_CM_128_HMAC_SHA1_80: { ...counter, rtpTagBytes: 10, rtcpTagBytes: 10 },
  // RFC 4568 §6.2.2: only RTP's tag is short.
  AES_CM_128_HMAC_SHA1_32: { ...counter, rtpTagBytes: 4, rtcpTagBytes: 10 },
  AEAD_AES_128_GCM: { ...gcm, keyBytes: 16 },
  AEAD_AES_256_GCM: { ...gcm, keyBytes: 32 },
}

/** What both sides agreed on for one direction: by SDES (RFC 4568) or by a DTLS handshake (RFC 5764 §4.2). */
export interface MasterKey {
  readonly suite: SuiteName
  /** As long as the suite says. */
  readonly key: Uint8Array
  readonly salt: Uint8Array
  /** The identifier that each packet bears before its tag, or at its end where there is none (RFC 3711 §3.1, RFC 7714 §8.2); absent: none. */
  readonly mki?: Uint8Array
}
