import type { Diagnosis, Finding } from '../../src/api/contract.ts'
import type { Answer, Ask } from './fake-routes.ts'

/** What the doctor finds in a house where not all is well, and what a call comes to that is made to hear oneself. */
export function answerDoctor(ask: Ask, route: string): Answer | undefined {
  switch (route) {
    case 'GET doctor':
      return { status: 200, json: diagnosis() }
    case 'POST lines/:id/sound-test':
      return { status: 200, json: heard(String(ask.body['number'])) }
    default:
      return undefined
  }
}

const ok = (area: Finding['area'], en: string, de: string): Finding => ({
  area,
  level: 'ok',
  code: null,
  what: { en, de },
  advice: null,
})

const diagnosis = (): Diagnosis => ({
  examinedAt: new Date().toISOString(),
  version: '0.1.0',
  findings: [
    ok('program', 'Node 24.11.1', 'Node 24.11.1'),
    ok('program', 'the page is built', 'die Seite ist gebaut'),
    ok('disk', '/var/lib/answerphone can be written', '/var/lib/answerphone ist beschreibbar'),
    ok(
      'disk',
      'the database is sound, and takes what is written',
      'die Datenbank ist in Ordnung und nimmt, was geschrieben wird',
    ),
    {
      area: 'clock',
      level: 'warn',
      code: 'AP_CLOCK_UNWATCHED',
      what: {
        en: 'the clock says 2026-11-27T09:12:41.000Z, and no time server keeps it right',
        de: 'die Uhr zeigt 2026-11-27T09:12:41.000Z, und kein Zeitserver hält sie richtig',
      },
      advice: {
        en: 'No time server keeps the clock of this machine right. `timedatectl set-ntp true` lets one, or install chrony.',
        de: '`timedatectl set-ntp true` lässt das einen tun, oder installieren Sie chrony.',
      },
    },
    ok(
      'ports',
      'RTP ports 20000-24999: room for 2500 calls at a time',
      'RTP-Ports 20000-24999: Platz für 2500 Anrufe gleichzeitig',
    ),
    {
      area: 'lines',
      level: 'fail',
      code: 'AP_REGISTRAR_SILENT',
      what: {
        en: 'line studio is not registered at sip:sipgate.de (udp 192.0.2.9:5060)',
        de: 'Leitung studio ist bei sip:sipgate.de nicht angemeldet (udp 192.0.2.9:5060)',
      },
      advice: {
        en: 'The registrar does not answer (udp 192.0.2.9:5060). Check its address and the transport, and whether a firewall is between.',
        de: 'Der Registrar antwortet nicht. Prüfen Sie Adresse und Übertragung, und ob eine Firewall dazwischen ist.',
      },
    },
    ok('names', 'sip:sipgate.de leads to udp 192.0.2.9:5060', 'sip:sipgate.de führt zu udp 192.0.2.9:5060'),
    ok('phones', '2 phones, 2 registered now', '2 Telefone, 2 gerade angemeldet'),
  ],
  soundTests: [
    { line: 'studio', number: '10000', kind: 'echo' },
    { line: 'studio', number: '+442079460155', kind: 'own' },
  ],
})

const heard = (number: string): Finding =>
  number === '10000'
    ? {
        area: 'sound',
        level: 'fail',
        code: 'AP_ECHO_SILENT',
        what: {
          en: `line studio: we hear nothing of ${number}`,
          de: `Leitung studio: von ${number} ist nichts zu hören`,
        },
        advice: {
          en: `The call to ${number} stood, and not one packet of sound came back. The other side was told to send it to 192.168.1.20. Is that how this machine is reached from there? Let UDP ports 20000-24999 in at router and firewall, name the address with --public-address, and switch SIP ALG off in the router.`,
          de: `Das Gespräch stand, aber kein Paket Ton kam zurück. Der anderen Seite wurde 192.168.1.20 genannt. Ist diese Maschine von dort so zu erreichen? Lassen Sie an Router und Firewall die UDP-Ports 20000-24999 herein, nennen Sie die Adresse mit --public-address, und schalten Sie SIP ALG im Router ab.`,
        },
      }
    : ok(
        'sound',
        `line studio is heard both ways: our sound came back from ${number} after 140 ms, 0 % lost, 3 ms of jitter`,
        `Leitung studio hört man in beiden Richtungen: unser Ton kam von ${number} nach 140 ms zurück, 0 % verloren, 3 ms Schwankung`,
      )
