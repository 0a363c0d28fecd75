import type { ProviderRecord } from '../provider-record.ts'

const TELEKOM_TRACE = 'https://pastebin.com/3h1Pas6D'
export const telekom: ProviderRecord = {
  preset: 'telekom',
  said: [
    ['the number without +49 in the Request-URI, with it in To; user=phone', TELEKOM_TRACE],
    ['the Asserted-Identity has a parameter within the number: ;cpc=', TELEKOM_TRACE],
    [
      'Session-Expires 1800 without a refresher, Min-SE 900, Record-Route, features of IMS in the Contact',
      TELEKOM_TRACE,
    ],
    ['G.722 first', TELEKOM_TRACE],
  ],
  signalling: '203.0.113.100',
  account: { user: '+493095591394', authUser: 'anonymous@t-online.de' },
  registrar: {
    challenge: { status: 401, realm: 'tel.t-online.de', parameters: ',algorithm=MD5,qop="auth"' },
    tellsBy: 'contact',
    givesSeconds: 480,
  },
  invite: {
    user: '03095591394',
    from: '<sip:+4915143860572@tmobile.de;user=phone>',
    to: '<sip:+493095591394@tel.t-online.de;user=phone>',
    contact:
      '<sip:sgc_c@203.0.113.100;transport=udp>;+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel"',
    headers: [
      'Record-Route: <sip:203.0.113.100;transport=udp;lr>',
      'Accept-Contact: *;+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel"',
      'Min-Se: 900',
      'P-Asserted-Identity: <sip:+4915143860572;cpc=mobile-hplmn@tmobile.de;user=phone>',
      'Session-Expires: 1800',
      'Supported: timer',
      'Supported: histinfo',
      'Supported: norefersub',
      'Session-ID: d930fc341003fd3cfc40a127c92a9b2d',
    ],
    sdp: [
      'm=audio PORT RTP/AVP 9 8 101',
      'a=rtpmap:9 G722/8000',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=ptime:20',
    ],
  },
  caller: { number: '+4915143860572', name: null },
  refresh: { by: 'UPDATE', afterSeconds: 900 },
}
