import { type CodecName, chooseCodec, formats, isFormat } from './codec.ts'
import { type MediaSection, parseDescription } from './description.ts'
import { type BrowserSide, browserFault, dtlsSecurity } from './dtls.ts'
import { type Flow, flowTo } from './flow.ts'
import { isSecureProtocol, readSecrecy, type SdesSide } from './sdes.ts'

export type AnswerRead =
  | { readonly ok: true; readonly flow: Flow }
  /** The answer refuses our audio or does not fit our offer: the call is to be hung up. */
  | { readonly ok: false; readonly why: string }

/** What our offer came from. */
export interface OfferedSide {
  /** Packet time that we would like to send. */
  readonly ptimeMs?: number | undefined
  readonly browser?: BrowserSide
  readonly sdes?: SdesSide
}

/** What the answer to an offer of ours settled (RFC 3264 §7): the answer's first codec that was offered. Pure; never throws. */
export function readAnswer(
  answer: Buffer,
  offer: Buffer,
  { ptimeMs, browser, sdes }: OfferedSide = {},
): AnswerRead {
  const theirs = parseDescription(answer)
  const ours = parseDescription(offer)
  if (typeof theirs === 'string') return { ok: false, why: theirs }
  if (typeof ours === 'string') return { ok: false, why: ours }
  // RFC 3264 §6: as many m-lines as were offered, in the same order.
  if (theirs.media.length !== ours.media.length)
    return { ok: false, why: 'another number of m-lines than offered' }
  for (const [index, section] of theirs.media.entries()) {
    const offered = ours.media[index]
    if (section.type !== 'audio' || section.port === 0 || offered?.type !== 'audio') continue
    // Telephones answer keys in RTP/AVP as RTP/SAVP, too, against RFC 3264 §6: it says only more plainly what they say anyway.
    const plainlySecured = isSecureProtocol(section.protocol) && offered.namesKeys
    if (section.protocol !== offered.protocol && !plainlySecured)
      return { ok: false, why: `answered as ${section.protocol}` }
    const choice = chooseCodec(section, codecsOf(offered), { ptimeMs })
    if (choice === undefined) return { ok: false, why: 'no codec that was offered' }
    if (!browser) {
      const secrecy = readSecrecy(offered, section, sdes)
      if (secrecy === 'broken') return { ok: false, why: 'no key that fits our offer' }
      return { ok: true, flow: flowTo(section, choice, ptimeMs, secrecy === 'plain' ? undefined : secrecy) }
    }
    const fault = browserFault(section)
    if (fault !== undefined || !section.dtls) return { ok: false, why: fault ?? '' }
    return { ok: true, flow: flowTo(section, choice, ptimeMs, dtlsSecurity(browser, section.dtls)) }
  }
  return { ok: false, why: 'audio was refused' }
}

function codecsOf(offered: MediaSection): CodecName[] {
  return (Object.keys(formats) as CodecName[]).filter((codec) =>
    offered.payloadTypes.some((payloadType) => isFormat(offered, payloadType, codec, formats[codec])),
  )
}
