import type { SipRequest } from '../message/message.ts'

/** What this user agent can do, as it says in Allow, Supported and Accept. Constants: nothing in them tells of a call. */
export interface Capabilities {
  /** Methods understood, in the order of Allow. */
  readonly methods: readonly string[]
  /** Option tags of the extensions that we know (RFC 3261 §19.2). */
  readonly extensions: readonly string[]
  /** Media types of session descriptions, in lower case. */
  readonly bodyTypes: readonly string[]
  /** Event packages that can be subscribed to, in lower case (RFC 6665 §4.4.4). */
  readonly eventPackages: readonly string[]
  /** For User-Agent and Server, if anything is to be said there. */
  readonly product: string | undefined
}

/** Methods that every endpoint answers itself. */
const OWN_METHODS = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'PRACK', 'UPDATE', 'INFO'] as const

/** Methods that are registered with IANA: those we don't take get 405, anything else 501 (RFC 3261 §21.4.6, §21.5.2). */
const KNOWN_METHODS: ReadonlySet<string> = new Set([
  ...OWN_METHODS,
  'REGISTER',
  'SUBSCRIBE',
  'NOTIFY',
  'PUBLISH',
  'REFER',
  'MESSAGE',
])

export interface CapabilityOptions {
  /**
   * Further methods, which `onRequest` handles outside of dialogs. With REFER those within a call reach it as its
   * `refer` event.
   */
  readonly methods?: readonly string[] | undefined
  /** Option tags of further extensions; those that are always there are 100rel and timer. */
  readonly extensions?: readonly string[] | undefined
  /** `application/sdp` unless given. */
  readonly bodyTypes?: readonly string[] | undefined
  /** Event packages whose subscriptions `onSubscribe` takes, in lower case: `message-summary`, `dialog`. */
  readonly eventPackages?: readonly string[] | undefined
  readonly product?: string | undefined
}

export function capabilitiesOf(options: CapabilityOptions): Capabilities {
  const { methods = [], extensions = [], bodyTypes, eventPackages = [], product } = options
  return {
    methods: [...new Set([...OWN_METHODS, ...(eventPackages.length > 0 ? ['SUBSCRIBE'] : []), ...methods])],
    // RFC 4488 §4: whoever takes a REFER can leave its NOTIFYs away.
    extensions: [
      ...new Set(['100rel', 'timer', ...(methods.includes('REFER') ? ['norefersub'] : []), ...extensions]),
    ],
    bodyTypes: bodyTypes ?? ['application/sdp'],
    eventPackages,
    product,
  }
}

/** 405 or 501 for a method that we don't take, undefined for one that we do. */
export function refuseMethod(method: string, { methods }: Capabilities): 405 | 501 | undefined {
  if (methods.includes(method)) return undefined
  return KNOWN_METHODS.has(method) ? 405 : 501
}

export const allowOf = ({ methods }: Capabilities): string => methods.join(', ')
export const acceptOf = ({ bodyTypes }: Capabilities): string => bodyTypes.join(', ')
export const allowEventsOf = ({ eventPackages }: Capabilities): string => eventPackages.join(', ')
export const supportedOf = ({ extensions }: Capabilities): string => extensions.join(', ')

/**
 * Supported in an INVITE of ours. To phones not 100rel: a lost 180 costs our caller nothing, and PRACK would be one more
 * thing to fail. Networks that play announcements before they answer want it.
 */
export const supportedInInvite = ({ extensions }: Capabilities, reliable = false): string =>
  (reliable ? [...extensions, '199'] : extensions.filter((tag) => tag !== '100rel')).join(', ')

/** Whether the other side says in Allow that it takes this method. */
export function allows(message: Pick<SipRequest, 'headers'>, method: string): boolean {
  return message.headers.values('Allow').some((allowed) => allowed.toUpperCase() === method)
}
