import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { MediaEngine, MediaSession } from '../media/engine.ts'
import type { Random } from '../shared/random.ts'
import type { Endpoint, IncomingInvite, InviteOptions } from '../sip/endpoint.ts'
import { localAddressToward } from '../sip/transport/local-address.ts'
import type { Destination } from '../sip/transport/transport.ts'
import { takePhone } from './leg/incoming-leg.ts'
import type { Leg } from './leg/leg.ts'
import { callPhone } from './leg/outgoing-leg.ts'

/** Makes legs: the one place that knows by which addresses phones and we reach each other. */
export interface PhoneLegs {
  /** Calls `to`; `request` is given the host by which it reaches us. */
  call(options: {
    readonly phone: string
    readonly to: Destination
    readonly request: (host: string) => Omit<InviteOptions, 'body'>
    readonly beside: MediaSession | undefined
  }): Leg
  /** Takes a phone's call. */
  take(invite: IncomingInvite, phone: string, beside: MediaSession | undefined): Leg
}

export function makePhoneLegs(options: {
  readonly endpoint: () => Pick<Endpoint, 'invite'>
  readonly media: Pick<MediaEngine, 'openSession'>
  readonly publicAddress: string | undefined
  readonly random: Random
}): PhoneLegs {
  const { media, publicAddress, random } = options
  const placesFor = (remote: string, local: string | undefined) => {
    const bindAddress = localAddressToward(remote, local ?? (isIPv6(remote) ? '::' : '0.0.0.0'))
    return {
      bindAddress,
      address: addressFor(remote, bindAddress, publicAddress),
      sessionId: random.uint32(),
    }
  }

  return {
    call({ phone, to, request, beside }) {
      const places = placesFor(to.address, to.local?.address)
      return callPhone({
        ...places,
        endpoint: options.endpoint(),
        media,
        beside,
        phone,
        request: request(places.address),
      })
    },
    take(invite, phone, beside) {
      const { source } = invite.request
      const places = placesFor(source.address, source.local.address)
      return takePhone({ ...places, invite, media, beside, phone })
    },
  }
}

/** The public address is for phones that are outside; those on our own network can't use it. */
function addressFor(remote: string, local: string, publicAddress: string | undefined): string {
  if (publicAddress === undefined || isIPv6(publicAddress) !== isIPv6(remote)) return local
  return ipaddr.isValid(remote) && ipaddr.process(remote).range() === 'unicast' ? publicAddress : local
}
