import type { LinePreset } from '../contract.ts'

/** Telnyx: a SIP connection with credentials. */
export const telnyx: LinePreset = {
  id: 'telnyx',
  name: 'Telnyx',
  country: 'US',
  kind: 'registers',
  registrar: 'sip.telnyx.com',
  registrarExample: null,
  userExample: null,
  authUser: false,
  trunk: [],
  line: { trustVerstat: true },
  echo: null,
  steps: [
    {
      en: 'Make a SIP connection whose authentication is by credentials, with a user name and a password.',
      de: 'Legen Sie eine SIP Connection an, die sich mit Credentials anmeldet: Benutzername und Passwort.',
    },
    {
      en: 'Assign your number to this connection.',
      de: 'Weisen Sie Ihre Rufnummer dieser Connection zu.',
    },
    {
      en: 'Type the same user name and password here.',
      de: 'Tragen Sie denselben Benutzernamen und dasselbe Passwort hier ein.',
    },
  ],
  facts: [
    {
      en: 'Telnyx says whether a number was verified (verstat), and the machine believes it. It writes no letter for the level A.',
      de: 'Telnyx sagt, ob eine Rufnummer geprüft ist (verstat), und die Maschine glaubt das. Für die Stufe A schreibt es keinen Buchstaben.',
    },
    {
      en: 'In Europe, Australia and Canada there are sip.telnyx.eu, sip.telnyx.com.au and sip.telnyx.ca.',
      de: 'In Europa, Australien und Kanada gibt es sip.telnyx.eu, sip.telnyx.com.au und sip.telnyx.ca.',
    },
  ],
  sources: [
    'https://developers.telnyx.com/docs/voice/stir-shaken/sip-header-parameters',
    'https://developers.telnyx.com/docs/voice/sip-trunking/authentication/credential-types',
    'https://developers.telnyx.com/docs/voice/sip-trunking/tls-requirements.md',
    'https://pastebin.com/MK9nfhm9',
    'https://developers.telnyx.com/docs/voice/sip-trunking/routing/failover-and-retries',
  ],
}
