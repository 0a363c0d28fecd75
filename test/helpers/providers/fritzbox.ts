import type { ProviderRecord } from '../provider-record.ts'

const FRITZ_TRACE = 'https://github.com/haumacher/phoneblock/issues/85'
const FRITZ_SDP = 'https://pastebin.com/qiFfTEA8'
const HOME_IPV6 = '[2001:db8:fa:a71:9a9b:cbff:fe34:c1e6]'

export const fritzbox: ProviderRecord = {
  preset: 'fritzbox',
  said: [
    [
      '100rel, replaces and timer; Session-Expires 600 with itself to refresh; INVITEs lapse after 120 s',
      FRITZ_TRACE,
    ],
    ['the Contact is random, and P-Called-Party-ID says which number was called', FRITZ_TRACE],
    ['G.711, G.726 and telephone-event, the direction before the codecs, an RTCP port', FRITZ_SDP],
    [
      'a challenge of realm and nonce, and nothing else',
      'https://github.com/BelledonneCommunications/linphone-desktop/issues/118',
    ],
    ['internal callers are numbers like **611', 'https://github.com/openhab/openhab1-addons/issues/2675'],
    ['requests in the middle of a call', 'https://github.com/n-IA-hane/esphome-intercom/issues/69'],
  ],
  signalling: '192.168.178.1',
  account: { user: 'answerphone' },
  registrar: {
    challenge: { status: 401, realm: 'fritz.box', parameters: '' },
    tellsBy: 'contact',
    slowMs: 1500,
  },
  invite: {
    from: '<sip:040855992611@fritz.box>',
    to: '<sip:answerphone@192.0.2.2>',
    contact: '<sip:DA3969CE6BA0D35B305A0CB2F611960@192.168.178.1>',
    headers: [
      'P-Called-Party-ID: <sip:070419491403@fritz.box>',
      'Expires: 120',
      'Session-Expires: 600;refresher=uac',
      'Min-SE: 90',
      'User-Agent: AVM FRITZ!Box 7590 154.07.57',
      'Supported: 100rel,replaces,timer',
      'Allow-Events: telephone-event,refer',
      'Allow: INVITE,ACK,OPTIONS,CANCEL,BYE,UPDATE,PRACK,INFO,SUBSCRIBE,NOTIFY,REFER,MESSAGE,PUBLISH',
      'Accept: application/sdp, multipart/mixed',
      'Accept-Encoding: identity',
    ],
    sdp: [
      'm=audio PORT RTP/AVP 8 0 2 102 100 99 101',
      'a=sendrecv',
      'a=rtpmap:2 G726-32/8000',
      'a=rtpmap:102 G726-32/8000',
      'a=rtpmap:100 G726-40/8000',
      'a=rtpmap:99 G726-24/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-11',
      'a=rtcp:7079',
    ],
  },
  caller: { number: '040855992611', name: null },
  refresh: { by: 'UPDATE', afterSeconds: 300 },
  internal: { from: '<sip:**611@fritz.box>', number: '**611' },
}

/** It may give its IPv6 address in Via and Contact where its packets come by IPv4. */
export const fritzboxIpv6: ProviderRecord = {
  ...fritzbox,
  variant: 'that calls itself by IPv6',
  said: [['Via and Contact name an IPv6 address, the packets come by IPv4', FRITZ_TRACE]],
  invite: {
    ...fritzbox.invite,
    sentBy: HOME_IPV6,
    contact: `<sip:DA3969CE6BA0D35B305A0CB2F611960@${HOME_IPV6}>`,
  },
}

/** Where the name of the box leads to its IPv6 address, all of it is IPv6. */
export const fritzboxOverIpv6: ProviderRecord = {
  ...fritzbox,
  variant: 'over IPv6',
  said: [['it calls by IPv6 where it has it', FRITZ_TRACE]],
  signalling: '2001:db8:fa::1',
  server: 'fritz.box',
  invite: {
    ...fritzbox.invite,
    to: '<sip:answerphone@[2001:db8:fa::2]>',
    contact: '<sip:DA3969CE6BA0D35B305A0CB2F611960@[2001:db8:fa::1]>',
  },
}
