import type { LinePreset } from '../contract.ts'

/** Twilio Elastic SIP Trunking: nothing registers, calls come from its gateways. */
export const twilio: LinePreset = {
  id: 'twilio',
  name: 'Twilio (Elastic SIP Trunking)',
  country: 'US',
  kind: 'trunk',
  registrar: null,
  registrarExample: null,
  userExample: null,
  authUser: false,
  trunk: [
    '54.172.60.0/30',
    '54.244.51.0/30',
    '54.171.127.192/30',
    '35.156.191.128/30',
    '54.65.63.192/30',
    '54.169.127.128/30',
    '54.252.254.64/30',
    '177.71.206.192/30',
  ],
  line: {},
  echo: null,
  steps: [
    {
      en: 'In the Twilio console make an Elastic SIP trunk.',
      de: 'Legen Sie in der Konsole von Twilio einen Elastic SIP Trunk an.',
    },
    {
      en: 'Under Origination add the address at which the internet reaches this machine: sip:YOUR-ADDRESS:5060.',
      de: 'Tragen Sie unter Origination die Adresse ein, unter der diese Maschine aus dem Internet erreichbar ist: sip:IHRE-ADRESSE:5060.',
    },
    {
      en: 'Under Numbers add your number to the trunk.',
      de: 'Fügen Sie dem Trunk unter Numbers Ihre Rufnummer hinzu.',
    },
  ],
  facts: [
    {
      en: 'Twilio wants all of these addresses let in: a call may come from any of its regions.',
      de: 'Twilio verlangt, alle diese Adressen zuzulassen: Ein Anruf kann aus jeder seiner Regionen kommen.',
    },
  ],
  sources: [
    'https://www.twilio.com/docs/sip-trunking/ip-addresses',
    'https://docs.daily.co/docs/guides/features/dial-in-dial-out/sip-trunk/twilio.md',
    'https://www.twilio.com/docs/glossary/sip-invites.md',
  ],
}
