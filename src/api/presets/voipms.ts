import type { LinePreset } from '../contract.ts'

/** VoIP.ms: a sub account for the machine, on the server that is near. */
export const voipms: LinePreset = {
  id: 'voipms',
  name: 'VoIP.ms',
  country: 'CA',
  kind: 'registers',
  registrar: null,
  registrarExample: 'montreal.voip.ms',
  userExample: '123456_answerphone',
  authUser: false,
  trunk: [],
  line: {},
  echo: '4443',
  steps: [
    {
      en: 'In the customer portal choose Sub Accounts, Create Sub Account; protocol SIP, User/Password Authentication.',
      de: 'Wählen Sie im Kundenportal Sub Accounts, Create Sub Account; Protokoll SIP, User/Password Authentication.',
    },
    {
      en: 'Send your number (DID) to this sub account, and choose a server near you as its point of presence.',
      de: 'Leiten Sie Ihre Rufnummer (DID) auf dieses Sub Account und wählen Sie als Point of Presence einen Server in der Nähe.',
    },
    {
      en: 'Type that same server here, with the user name and the password of the sub account.',
      de: 'Tragen Sie denselben Server hier ein, dazu Benutzername und Passwort des Sub Accounts.',
    },
  ],
  facts: [],
  sources: [
    'https://wiki.voip.ms/w/index.php?diff=prev&oldid=2065&title=Sub_Accounts',
    'https://pastebin.com/z5JanYJS',
    'https://pastebin.com/auVi4Kaq',
  ],
}
