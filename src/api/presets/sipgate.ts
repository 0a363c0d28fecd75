import type { LinePreset } from '../contract.ts'

/** sipgate: the SIP-ID of a device, not the login of the website. */
export const sipgate: LinePreset = {
  id: 'sipgate',
  name: 'sipgate',
  country: 'DE',
  kind: 'registers',
  registrar: 'sipgate.de',
  registrarExample: null,
  userExample: '1234567e0',
  authUser: false,
  trunk: [],
  line: {},
  echo: '10000',
  steps: [
    {
      en: 'Log in at sipgate and look up the SIP credentials of a device (VoIP telephone).',
      de: 'Melden Sie sich bei sipgate an und suchen Sie die SIP-Zugangsdaten eines Geräts (VoIP-Telefon).',
    },
    {
      en: 'Its SIP-ID is the user here, its SIP password the password.',
      de: 'Dessen SIP-ID ist hier der Benutzer, dessen SIP-Passwort das Passwort.',
    },
  ],
  facts: [
    {
      en: 'The login of the website does not work here.',
      de: 'Mit der Anmeldung der Website geht es nicht.',
    },
  ],
  sources: [
    'https://gist.github.com/electroniceel/478a0b3c7ae572e01482f9caee491f63',
    'https://pastebin.com/GXCV41Dp',
    'https://pastebin.com/xh44Hnc7',
  ],
}
