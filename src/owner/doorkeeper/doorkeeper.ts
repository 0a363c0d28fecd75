import { blockListOf } from '../../shared/address-block.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import { networkOf } from '../../shared/network-of.ts'
import type { Random } from '../../shared/random.ts'
import type { Authenticator, Verdict } from '../../sip/auth/authenticator.ts'
import type { ServerTransaction } from '../../sip/transaction/layer.ts'
import { statelessAnswers } from '../../sip/transaction/stateless-answers.ts'
import type { Source } from '../../sip/transport/transport.ts'
import type { Phone } from '../phone.ts'
import type { PhoneBook } from '../phone-book.ts'
import type { Registrar } from '../registrar/registrar.ts'
import { createPolicy, defaultPolicyLimits, type PolicyLimits } from './policy.ts'

/** Stands between the network and all that phones may do. */
export interface Doorkeeper {
  /**
   * Whether a packet from here is looked at at all: phones exist, its source is one of `phonesFrom`, it is not banned. Who
   * comes over a connection of an account may be anywhere. O(1), before parsing.
   */
  admits(source: Source): boolean
  /**
   * Authenticates a request of a phone outside of dialogs, by digest; OPTIONS from where a phone has registered needs
   * none. Undefined: it was challenged, alike for every user, and there is nothing more to be done with it. Fit for the
   * endpoint's `guard`.
   */
  admit(transaction: Pick<ServerTransaction, 'request' | 'dismiss'>): Phone | undefined
  /** The phone was removed, or got another password. */
  forget(phone: string): void
  /** Networks that are banned now. */
  readonly banned: number
}

export interface DoorkeeperOptions {
  readonly book: Pick<PhoneBook, 'byName' | 'byLogin' | 'hasPlain' | 'all'>
  readonly authenticator: Authenticator
  /** Its bindings say where phones are at home; it is asked once, and for who is at a source. */
  readonly registrar: Pick<Registrar, 'bindingsOf' | 'phoneAt'>
  /** Addresses and CIDR blocks from where phones may come. */
  readonly phonesFrom: readonly string[]
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly limits?: Partial<PolicyLimits>
}

/** Open it after the registrar, which knows where the phones were before a restart. */
export function createDoorkeeper(options: DoorkeeperOptions): Doorkeeper {
  const { book, authenticator, registrar, clock, log } = options
  const policy = createPolicy({ ...defaultPolicyLimits, ...options.limits })
  const allowed = blockListOf(options.phonesFrom)
  const answer = statelessAnswers(Buffer.from(options.random.bytes(16)))

  for (const { name } of book.all()) {
    for (const { to } of registrar.bindingsOf(name))
      policy.remember(networkOf(to.address), name, clock.monotonic())
  }

  function challenge({ request, dismiss }: Parameters<Doorkeeper['admit']>[0], stale: boolean): void {
    const at = clock.monotonic()
    const { source } = request
    const network = whence(source)
    policy.challenged(network, at)
    const response = answer(request, 401, { headers: authenticator.challenge(request, stale) })
    // An INVITE's too (RFC 3261 §26.3.2.4): a flood fills no memory, and a forged one brings its victim one answer, not eleven.
    dismiss(response)
  }

  /** The phone whose password the request proves, where it may come from here. */
  function judge(verdict: Verdict, source: Source): Phone | undefined {
    const at = clock.monotonic()
    const network = whence(source)
    if (verdict.kind === 'right') {
      const phone = book.byLogin(verdict.user, source.account)
      return phone && policy.proved(network, verdict.user, at) ? phone : undefined
    }
    if (verdict.kind !== 'wrong') return undefined
    const strike = policy.struck(network, verdict.user, at)
    if (strike?.kind === 'banned')
      log.warn(
        { address: network, user: verdict.user, minutes: Math.round(strike.banMs / 60_000) },
        'an address is banned for guessing passwords, and hears nothing meanwhile; if a phone of yours is there, correct its password and wait',
      )
    if (strike?.kind === 'guessed-at-home')
      log.warn(
        { address: network, user: verdict.user },
        'somebody at this address keeps giving wrong passwords for a phone that is at home there: look for a phone with an old password, or a machine that is not yours',
      )
    return undefined
  }

  return {
    admits(source) {
      const { address, account } = source
      const network = whence(source)
      if (account !== undefined) return policy.admits(network, clock.monotonic())
      if (!book.hasPlain) return false
      const family = network.includes(':') ? 'ipv6' : 'ipv4'
      // `network` for an IPv4 address in IPv6's clothes.
      if (!allowed.check(family === 'ipv4' ? network : (address.split('%', 1)[0] ?? ''), family)) return false
      return policy.admits(network, clock.monotonic())
    },
    admit(transaction) {
      const { request } = transaction
      if (request.method === 'OPTIONS') {
        const there = registrar.phoneAt(request.source)
        const phone = there === undefined ? undefined : book.byName(there)
        if (phone) return phone
      }
      const verdict = authenticator.judge(request)
      const phone = judge(verdict, request.source)
      // A phone does not ask its user for another password when it only had an old nonce.
      if (!phone) challenge(transaction, verdict.kind === 'stale' || verdict.kind === 'foreign')
      return phone
    },
    forget: policy.forget,
    get banned() {
      return policy.banned(clock.monotonic())
    },
  }
}

/**
 * What stands for a network in the policy: an account does, where there is one. So nobody else's guesses at its address keep
 * a browser out, and what is guessed there keeps out no phone.
 */
function whence({ address, account }: Source): string {
  return account ?? networkOf(address)
}
