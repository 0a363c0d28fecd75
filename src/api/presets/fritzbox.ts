import type { LinePreset } from '../contract.ts'

/** FRITZ!Box of AVM: the machine is one of its IP telephones. */
export const fritzbox: LinePreset = {
  id: 'fritzbox',
  name: 'FRITZ!Box',
  country: null,
  kind: 'registers',
  registrar: null,
  registrarExample: '192.168.178.1',
  userExample: 'answerphone',
  authUser: false,
  trunk: [],
  line: { internal: 'ring', internalDigits: 3, expirySeconds: 300 },
  echo: null,
  steps: [
    {
      en: 'Open the FRITZ!Box in your browser (fritz.box), then Telephony, Telephony Devices, Configure New Device.',
      de: 'Öffnen Sie die FRITZ!Box im Browser (fritz.box), dann Telefonie, Telefoniegeräte, Neues Gerät einrichten.',
    },
    {
      en: 'Choose a telephone, connected by LAN or WLAN (IP telephone), and give it a name.',
      de: 'Wählen Sie ein Telefon, angeschlossen über LAN/WLAN (IP-Telefon), und geben Sie ihm einen Namen.',
    },
    {
      en: 'Make up a user name and a password there, and type the same here.',
      de: 'Vergeben Sie dort Benutzername und Kennwort und tragen Sie dieselben hier ein.',
    },
    {
      en: 'Choose the numbers whose calls it takes.',
      de: 'Wählen Sie die Rufnummern, deren Anrufe es annimmt.',
    },
  ],
  facts: [
    {
      en: 'Internal calls, from the other telephones at the box, ring at your phones and are never answered by the machine, unless you choose otherwise.',
      de: 'Interne Anrufe, von den anderen Telefonen an der Box, klingeln bei Ihren Telefonen; die Maschine nimmt sie nicht an, es sei denn, Sie wählen es anders.',
    },
    {
      en: 'The name fritz.box works where the box answers for names. Else take its address, mostly 192.168.178.1.',
      de: 'Der Name fritz.box geht, wo die Box die Namen auflöst. Sonst nehmen Sie ihre Adresse, meist 192.168.178.1.',
    },
  ],
  sources: [
    'https://github.com/haumacher/phoneblock/issues/85',
    'https://pastebin.com/qiFfTEA8',
    'https://github.com/BelledonneCommunications/linphone-desktop/issues/118',
    'https://github.com/openhab/openhab1-addons/issues/2675',
    'https://github.com/n-IA-hane/esphome-intercom/issues/69',
  ],
}
