import type { LinePreset } from '../contract.ts'

/** Telekom Deutschland, private lines: the number, and a login of its own. */
export const telekom: LinePreset = {
  id: 'telekom',
  name: 'Telekom (Privatkunden)',
  country: 'DE',
  kind: 'registers',
  registrar: 'tel.t-online.de',
  registrarExample: null,
  userExample: '+4930123456',
  authUser: true,
  trunk: [],
  line: {},
  echo: null,
  steps: [
    {
      en: 'The user is your number with +49 in front.',
      de: 'Der Benutzer ist Ihre Rufnummer mit +49 davor.',
    },
    {
      en: 'Look up the login for telephony at Telekom (“Voice over IP, SIP client”), and type its user name and password here.',
      de: 'Suchen Sie bei der Telekom die Zugangsdaten für die Telefonie („Voice over IP, SIP-Client“) und tragen Sie deren Benutzernamen und Passwort hier ein.',
    },
  ],
  facts: [
    {
      en: 'For private lines. Business trunks (DeutschlandLAN, CompanyFlex) have another registrar.',
      de: 'Für Privatanschlüsse. Geschäftliche Trunks (DeutschlandLAN, CompanyFlex) haben einen anderen Registrar.',
    },
  ],
  sources: ['http://www.rotherland.de/en/voip.html', 'https://pastebin.com/3h1Pas6D'],
}
