import { type Choice, chooseCodec, formats } from './codec.ts'
import { type MediaSection, parseDescription } from './description.ts'
import { mirror } from './direction.ts'
import { BROWSER_PROTOCOLS, browserAttributes, browserFault, dtlsSecurity } from './dtls.ts'
import { effectiveDirection, type Flow, familyOf, flowTo } from './flow.ts'
import type { LocalSide } from './local-side.ts'
import { answerSecurely, isSecureProtocol, judgeSecrecy, type Secrecy } from './sdes.ts'
import { audioSection, refusedSection, writeDescription } from './write-description.ts'

export type Answered =
  | { readonly ok: true; readonly answer: Buffer; readonly flow: Flow }
  /** Nothing in the offer can be used (RFC 3261 §13.3.1.3); `why` fits into a Warning. */
  | { readonly ok: false; readonly status: 488; readonly why: string }

/**
 * Answers an offer with one audio stream (RFC 3264 §6): the first m-line that we can speak is accepted, all others are
 * refused with port 0 in their places. Pure; never throws.
 */
export function answerOffer(offer: Buffer, ours: LocalSide): Answered {
  const description = parseDescription(offer)
  if (typeof description === 'string') return refuse(description)
  const used = description.media.map((section) => usable(section, ours))
  // Who offers sound encrypted and plain, in two m-lines, gets it encrypted.
  const secured = used.findIndex((taken) => typeof taken === 'object' && taken.secrecy.kind === 'secured')
  const index = secured === -1 ? used.findIndex((taken) => typeof taken === 'object') : secured
  const section = description.media[index]
  const taken = used[index]
  if (section === undefined || typeof taken !== 'object') {
    return refuse(used.find((why) => typeof why === 'string') ?? 'no audio is offered')
  }
  const { choice } = taken
  const direction = mirror(effectiveDirection(section))
  const events = eventsOf(choice)
  const audio = audioSection(ours, [choice], events, direction, section.protocol)
  const security = securedAnswer(section, taken.secrecy, ours)
  const media = description.media.map((each, place) =>
    place === index ? { ...audio, ...security?.attributes } : refusedSection(ours, each),
  )
  // RFC 3264 §6: the time of the session can't be negotiated; the answer repeats it.
  return {
    ok: true,
    answer: writeDescription(
      ours,
      media,
      description.timing,
      section.bundled && ours.browser ? section.mid : undefined,
    ),
    flow: flowTo(section, choice, ours.ptimeMs, security?.security),
  }
}

/** What we say and do besides, where sound is secured. */
function securedAnswer({ dtls, mid }: MediaSection, secrecy: Secrecy, ours: LocalSide) {
  const { browser, sdes, previous } = ours
  if (secrecy.kind === 'secured' && sdes) return answerSecurely(secrecy.theirs, sdes, previous)
  if (!browser || !dtls) return undefined
  return {
    attributes: browserAttributes(ours, browser, 'passive', mid),
    security: dtlsSecurity(browser, dtls),
  }
}

/**
 * The profile must be the offer's (RFC 3264 §6). RTP/AVPF is answered too: without rtcp-fb lines it asks for nothing
 * that RTP/AVP does not do (RFC 4585 §4).
 */
const PROTOCOLS = ['RTP/AVP', 'RTP/AVPF']

interface Taken {
  readonly choice: Choice
  readonly secrecy: Secrecy
}

/** What of this m-line we take, or why not; undefined when it is no audio at all. */
function usable(section: MediaSection, ours: LocalSide): Taken | string | undefined {
  if (section.type !== 'audio') return undefined
  const { port, protocol } = section
  if (port === 0) return 'audio is offered with port 0'
  if (ours.browser) {
    if (!BROWSER_PROTOCOLS.includes(protocol)) return `no ${protocol}`
    return browserFault(section) ?? take(section, { kind: 'plain' }, ours)
  }
  if (!PROTOCOLS.includes(protocol) && !isSecureProtocol(protocol)) return `no ${protocol}`
  const secrecy = judgeSecrecy(section, ours.sdes)
  if (secrecy.kind === 'refused') return secrecy.why
  const family = familyOf(section.address)
  // RFC 3261 §20.43, warning 301: an address of the other family can't be reached from ours.
  if (family !== 0 && family !== familyOf(ours.address)) return 'incompatible network address formats'
  return take(section, secrecy, ours)
}

function take(section: MediaSection, secrecy: Secrecy, ours: LocalSide): Taken | string {
  const choice = chooseCodec(section, ours.codecs, ours)
  return choice ? { choice, secrecy } : 'no codec in common'
}

const eventsOf = ({ codec, eventPayloadType, eventClockRate = formats[codec].clockRate }: Choice) =>
  eventPayloadType === undefined ? [] : [{ payloadType: eventPayloadType, clockRate: eventClockRate }]

function refuse(why: string): Answered {
  return { ok: false, status: 488, why }
}
