import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import { AnswerphoneError } from '../shared/errors.ts'

/** The names under which this machine is reached. */
export interface HostNames {
  isConfigured(name: string): boolean
  /**
   * Rejects with AP_HOST_UNKNOWN a request under a foreign name. A page of attacker.example whose name was made to
   * point here (DNS rebinding) would else be of the same origin as ours. Addresses can't be rebound.
   */
  require(request: FastifyRequest): void
}

export function createHostNames(configured: readonly string[]): HostNames {
  const names = new Set(configured.map((name) => name.toLowerCase()))

  return {
    isConfigured: (name) => names.has(name.toLowerCase()),
    require(request) {
      const host = request.headers.host ?? ''
      const name = URL.parse(`http://${host}`)?.hostname.replace(/^\[|\]$|\.$/g, '') ?? ''
      const isKnown =
        names.has(name) || name === 'localhost' || name.endsWith('.localhost') || ipaddr.isValid(name)
      if (!isKnown) throw new AnswerphoneError('AP_HOST_UNKNOWN', { host: name || host })
    },
  }
}
