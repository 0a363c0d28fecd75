import type { LinePreset } from '../contract.ts'

const anywhere = {
  country: null,
  registrar: null,
  userExample: null,
  trunk: [],
  line: {},
  echo: null,
  facts: [],
  sources: [],
} satisfies Partial<LinePreset>

/** Any provider or telephone system at which one logs in. */
export const account: LinePreset = {
  ...anywhere,
  id: 'account',
  name: 'SIP account',
  kind: 'registers',
  registrarExample: 'sip.example.com',
  authUser: true,
  steps: [
    {
      en: 'Look up server (registrar), user and password of your SIP account, and type them here.',
      de: 'Suchen Sie Server (Registrar), Benutzer und Passwort Ihres SIP-Kontos und tragen Sie sie hier ein.',
    },
  ],
}

/** Any provider or telephone system that sends its calls here unasked. */
export const trunk: LinePreset = {
  ...anywhere,
  id: 'trunk',
  name: 'SIP trunk',
  kind: 'trunk',
  registrarExample: null,
  authUser: false,
  steps: [
    {
      en: 'Have calls sent to the address of this machine, port 5060.',
      de: 'Lassen Sie Anrufe an die Adresse dieser Maschine schicken, Port 5060.',
    },
    {
      en: 'Type here from which addresses they come.',
      de: 'Tragen Sie hier ein, von welchen Adressen sie kommen.',
    },
  ],
}
