import { type Choice, chooseCodec, formats } from './codec.ts'
import { type MediaSection, parseDescription } from './description.ts'
import { mirror } from './direction.ts'
import { BROWSER_PROTOCOLS, browserAttributes, browserFault, dtlsSecurity } from './dtls.ts'
import { effectiveDirection, type Flow, familyOf, flowTo } from './flow.ts'
import type { LocalSide } from './local-side.ts'
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
  const index = used.findIndex((choice) => typeof choice === 'object')
  const section = description.media[index]
  const choice = used[index]
  if (section === undefined || typeof choice !== 'object') {
    return refuse(used.find((why) => typeof why === 'string') ?? 'no audio is offered')
  }
  const direction = mirror(effectiveDirection(section))
  const events = eventsOf(choice)
  const audio = audioSection(ours, [choice], events, direction, section.protocol)
  const secured = securedAnswer(section, ours)
  const media = description.media.map((each, place) =>
    place === index ? { ...audio, ...secured?.attributes } : refusedSection(ours, each),
  )
  // RFC 3264 §6: the time of the session can't be negotiated; the answer repeats it.
  return {
    ok: true,
    answer: writeDescription(
      ours,
      media,
      description.timing,
      section.bundled && secured ? section.mid : undefined,
    ),
    flow: flowTo(section, choice, ours.ptimeMs, secured?.security),
  }
}

/** What we say and do besides when the offer is a browser's. */
function securedAnswer({ dtls, mid }: MediaSection, ours: LocalSide) {
  const { browser } = ours
  if (!browser || !dtls) return undefined
  return {
    attributes: browserAttributes(ours, browser, 'passive', mid),
    security: dtlsSecurity(browser, dtls),
  }
}

/**
 * The profile must be the offer's (RFC 3264 §6). RTP/AVPF is answered too: without rtcp-fb lines it asks for nothing
 * that RTP/AVP does not do (RFC 4585 §4). Secure profiles are not.
 */
const PROTOCOLS = ['RTP/AVP', 'RTP/AVPF']

/** What of this m-line we take, or why not; undefined when it is no audio at all. */
function usable(section: MediaSection, ours: LocalSide): Choice | string | undefined {
  if (section.type !== 'audio') return undefined
  if (section.port === 0) return 'audio is offered with port 0'
  if (!(ours.browser ? BROWSER_PROTOCOLS : PROTOCOLS).includes(section.protocol))
    return `no ${section.protocol}`
  if (ours.browser) return browserFault(section) ?? choose(section, ours) ?? 'no codec in common'
  const family = familyOf(section.address)
  // RFC 3261 §20.43, warning 301: an address of the other family can't be reached from ours.
  if (family !== 0 && family !== familyOf(ours.address)) return 'incompatible network address formats'
  return choose(section, ours) ?? 'no codec in common'
}

const eventsOf = ({ codec, eventPayloadType }: Choice) =>
  eventPayloadType === undefined
    ? []
    : [{ payloadType: eventPayloadType, clockRate: formats[codec].clockRate }]

const choose = (section: MediaSection, { codecs, preferred }: LocalSide) =>
  chooseCodec(section, codecs, preferred)

function refuse(why: string): Answered {
  return { ok: false, status: 488, why }
}
