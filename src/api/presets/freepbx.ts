import type { LinePreset } from '../contract.ts'

/** FreePBX, and Asterisk without it: the machine is an extension. */
export const freepbx: LinePreset = {
  id: 'freepbx',
  name: 'FreePBX, Asterisk',
  country: null,
  kind: 'registers',
  registrar: null,
  registrarExample: '192.0.2.7',
  userExample: '201',
  authUser: false,
  trunk: [],
  line: {},
  echo: '*43',
  steps: [
    {
      en: 'In FreePBX open Applications, Extensions, and add a PJSIP extension.',
      de: 'Öffnen Sie in FreePBX Applications, Extensions und legen Sie eine PJSIP-Nebenstelle an.',
    },
    {
      en: 'The number of the extension is the user here, its secret the password.',
      de: 'Die Nummer der Nebenstelle ist hier der Benutzer, ihr Secret das Passwort.',
    },
    {
      en: 'Send the calls to this extension that the machine shall take, by an inbound route or a ring group.',
      de: 'Leiten Sie die Anrufe, die die Maschine annehmen soll, an diese Nebenstelle: mit einer Inbound Route oder Ring Group.',
    },
  ],
  facts: [],
  sources: [
    'https://wiki.freepbx.org/display/FPG/Extensions+Module+-+PJSIP+Extension',
    'https://pastebin.com/d1248SkR',
    'https://github.com/sipsorcery-org/sipsorcery/issues/1089',
    'https://pastebin.com/2J5192rs',
  ],
}
