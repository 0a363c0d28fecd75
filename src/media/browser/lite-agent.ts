import type { IceCredentials } from '../engine.ts'
import { type Endpoint, samePlace } from '../rtp/latch.ts'
import { HmacSha1 } from '../srtp/hmac-sha1.ts'
import { readCheck, writeFailure, writeSuccess } from './check.ts'

/** RFC 7675 §5.1: consent lapses this long after the last sign of it. */
const CONSENT_MS = 30_000
/** As many ways as a browser may have to us; it tries each of them. */
const MAX_PLACES = 16

/**
 * ICE's lite agent (RFC 8445 §2.5) for one component: it answers the checks of the other side, which finds the way and
 * chooses it. Nothing is sent to a place from which no check came that was signed with our password.
 */
export class LiteAgent {
  #mac: HmacSha1
  #usernames: string
  /** Where genuine checks came from. */
  #places: readonly Endpoint[] = []
  #checkedAt: number
  /** Where the other side wants to be sent to; undefined before it has chosen. */
  path: Endpoint | undefined

  /** @param now the time for the first check runs from here */
  constructor(local: IceCredentials, remote: IceCredentials, now: number) {
    this.#mac = new HmacSha1(Buffer.from(local.password))
    this.#usernames = usernames(local, remote)
    this.#checkedAt = now
  }

  /** Other credentials begin anew (RFC 8445 §9); the way so far serves until another is chosen. */
  restart(local: IceCredentials, remote: IceCredentials, now: number): void {
    if (this.#usernames === usernames(local, remote)) return
    this.#mac = new HmacSha1(Buffer.from(local.password))
    this.#usernames = usernames(local, remote)
    this.#checkedAt = now
  }

  /** Takes a datagram that looks like STUN; the answer goes back to where it came from. */
  receive(bytes: Buffer, length: number, source: Endpoint, now: number): Buffer | undefined {
    const check = readCheck(bytes, length, this.#mac)
    if (!check || check.username !== this.#usernames) return undefined
    if (check.unknown.length > 0) return writeFailure(check, 420, 'Unknown Attribute', this.#mac)
    // RFC 8445 §6.1.1: whoever meets a lite agent is the controlling one.
    if (check.controlled) return writeFailure(check, 487, 'Role Conflict', this.#mac)
    this.#checkedAt = now
    if (!this.knows(source) && this.#places.length < MAX_PLACES) this.#places = [...this.#places, source]
    // RFC 8445 §8.1.1: the latest choice counts.
    if (check.nominates && !(this.path && samePlace(this.path, source))) this.path = source
    return writeSuccess(check, source, this.#mac)
  }

  /** A genuine check came from there. */
  knows(source: Endpoint): boolean {
    return this.#places.some((place) => samePlace(place, source))
  }

  /** The other side is gone, or never came (RFC 7675 §5.1: each check of its says that it still wants to hear us). */
  lapsed(now: number): boolean {
    return now - this.#checkedAt > CONSENT_MS
  }
}

/** RFC 8445 §7.2.2: what the other side's checks bear. */
const usernames = (local: IceCredentials, remote: IceCredentials): string =>
  `${local.usernameFragment}:${remote.usernameFragment}`
