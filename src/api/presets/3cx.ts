import type { LinePreset } from '../contract.ts'

/** 3CX: the machine is an extension, whose login has a name of its own. */
export const threeCx: LinePreset = {
  id: '3cx',
  name: '3CX',
  country: null,
  kind: 'registers',
  registrar: null,
  registrarExample: '192.0.2.7',
  userExample: '201',
  authUser: true,
  trunk: [],
  line: {},
  echo: '*777',
  steps: [
    {
      en: 'Add an extension in the management console of 3CX.',
      de: 'Legen Sie in der Verwaltung von 3CX eine Nebenstelle an.',
    },
    {
      en: 'Its number is the user here. Its authentication ID is the user name for the login, beside its password.',
      de: 'Ihre Nummer ist hier der Benutzer. Ihre Authentication ID ist der Name für die Anmeldung, dazu kommt ihr Passwort.',
    },
    {
      en: 'Send the calls to this extension that the machine shall take.',
      de: 'Leiten Sie die Anrufe, die die Maschine annehmen soll, an diese Nebenstelle.',
    },
  ],
  facts: [],
  sources: [
    'http://www.3cx.com/manual/3CXPhoneSystemManual5/phone-system22.html',
    'https://github.com/voiceip/tinyphone/issues/33',
  ],
}
