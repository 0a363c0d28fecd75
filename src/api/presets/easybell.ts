import type { LinePreset } from '../contract.ts'

/** easybell: the credentials of a number, from my.easybell. */
export const easybell: LinePreset = {
  id: 'easybell',
  name: 'easybell',
  country: 'DE',
  kind: 'registers',
  registrar: 'voip.easybell.de',
  registrarExample: null,
  userExample: '004930123456',
  authUser: false,
  trunk: [],
  line: {},
  echo: null,
  steps: [
    {
      en: 'Log in at my.easybell and open the phone settings; choose the number.',
      de: 'Melden Sie sich bei my.easybell an und öffnen Sie die Telefon-Einstellungen; wählen Sie die Rufnummer.',
    },
    {
      en: 'Under its details stand SIP user name, SIP password and registrar. Type them here.',
      de: 'In deren Details stehen SIP-Benutzername, SIP-Passwort und Registrar. Tragen Sie sie hier ein.',
    },
  ],
  facts: [
    {
      en: 'Another registrar may stand there, as for the cloud PBX: take that one.',
      de: 'Dort kann ein anderer Registrar stehen, etwa für die Cloud-Telefonanlage: Nehmen Sie dann den.',
    },
  ],
  sources: [
    'https://en.easybell.de/help/questions/questions-concerning-the-internet-connection/answer/how-can-i-change-my-sip-password.html',
  ],
}
