import type { SoundResult } from '../machine/sound-test.ts'
import { type Finding, fail, ok, type Problem, warn } from './finding.ts'

/** A call that was made to hear oneself. */
export interface SoundCall {
  readonly line: string
  readonly number: string
  readonly rtpPorts: { readonly from: number; readonly to: number }
}

/** From here on people talk into each other's words (ITU-T G.114 §4). */
const LATE_MS = 400
const MOST_LOST = 0.02
const MOST_JITTER_MS = 40

/** What a call that was made to hear oneself says of the line's sound. */
export function judgeSound(result: SoundResult, { line, number, rtpPorts }: SoundCall): Finding {
  const ports = `${rtpPorts.from}-${rtpPorts.to}`
  switch (result.kind) {
    case 'no-way':
      return fail('sound', {
        code: 'AP_ECHO_NO_WAY',
        details: { line },
        what: {
          en: `line ${line} can't call out now`,
          de: `Leitung ${line} kann jetzt nicht hinaustelefonieren`,
        },
        de: 'Sie ist nicht angemeldet und hat kein Gateway (`--call-back`). Bringen Sie das zuerst in Ordnung.',
      })
    case 'busy':
      return warn('sound', {
        code: 'AP_ECHO_BUSY',
        what: { en: 'a test is going on already', de: 'ein Test läuft schon' },
        de: 'Warten Sie, bis dieser Anruf vorbei ist.',
      })
    case 'refused':
      return fail('sound', {
        code: 'AP_ECHO_REFUSED',
        details: { number, status: result.status },
        what: {
          en: `${number} can't be called through line ${line}: ${result.status}`,
          de: `${number} ist über Leitung ${line} nicht anzurufen: ${result.status}`,
        },
        de: 'Stimmt die Nummer so, wie man sie bei diesem Anbieter wählt, und darf dieses Konto hinaustelefonieren?',
      })
    case 'unanswered':
      return fail('sound', {
        code: 'AP_ECHO_UNANSWERED',
        details: { number },
        what: { en: `nobody answered at ${number}`, de: `unter ${number} nahm niemand ab` },
        de: 'Wählen Sie eine Nummer, die von allein abnimmt.',
      })
    case 'heard':
      return judgeHeard(result, { line, number, ports })
  }
}

function judgeHeard(
  { heard, told, packetsReceived, packetsLost, jitterMs }: Extract<SoundResult, { kind: 'heard' }>,
  { line, number, ports }: { readonly line: string; readonly number: string; readonly ports: string },
): Finding {
  if (packetsReceived === 0) return fail('sound', silent({ line, number, address: told, ports }))
  if (heard.kind === 'silence') return fail('sound', mute({ line, number, ports }))
  if (heard.kind === 'foreign') return warn('sound', foreign({ line, number }))
  const { delayMs } = heard
  const share = packetsLost / (packetsLost + packetsReceived)
  const [lost, jitter] = [Math.round(share * 1000) / 10, Math.round(jitterMs)]
  const what = {
    en: `line ${line} is heard both ways: our sound came back from ${number} after ${delayMs} ms, ${lost} % lost, ${jitter} ms of jitter`,
    de: `Leitung ${line} hört man in beiden Richtungen: unser Ton kam von ${number} nach ${delayMs} ms zurück, ${lost} % verloren, ${jitter} ms Schwankung`,
  }
  if (delayMs < LATE_MS && share < MOST_LOST && jitterMs < MOST_JITTER_MS)
    return ok('sound', what.en, what.de)
  return warn('sound', {
    code: 'AP_ECHO_POOR',
    details: { number, lost, jitter, delay: delayMs },
    what,
    de: 'Suchen Sie, was die Verbindung belegt: eine Sicherung, ein Herunterladen, ein schwaches WLAN; die meisten Router können Telefonie vorziehen.',
  })
}

const silent = (about: {
  readonly line: string
  readonly number: string
  readonly address: string
  readonly ports: string
}): Problem => ({
  code: 'AP_ECHO_SILENT',
  details: about,
  what: {
    en: `line ${about.line}: we hear nothing of ${about.number}`,
    de: `Leitung ${about.line}: von ${about.number} ist nichts zu hören`,
  },
  de: `Das Gespräch stand, aber kein Paket Ton kam zurück. Der anderen Seite wurde ${about.address} genannt. Ist diese Maschine von dort so zu erreichen? Lassen Sie an Router und Firewall die UDP-Ports ${about.ports} herein, nennen Sie die Adresse mit --public-address, und schalten Sie SIP ALG im Router ab.`,
})

const mute = (about: {
  readonly line: string
  readonly number: string
  readonly ports: string
}): Problem => ({
  code: 'AP_ECHO_MUTE',
  details: about,
  what: {
    en: `line ${about.line}: nothing but silence comes from ${about.number}`,
    de: `Leitung ${about.line}: von ${about.number} kommt nur Stille`,
  },
  de: `Unser Ton kommt vielleicht nicht an. Lassen Sie an Router und Firewall die UDP-Ports ${about.ports} hinaus, schalten Sie SIP ALG im Router ab, und nehmen Sie eine Nummer, die sicher zurückgibt, was sie hört.`,
})

const foreign = (about: { readonly line: string; readonly number: string }): Problem => ({
  code: 'AP_ECHO_FOREIGN',
  details: about,
  what: {
    en: `line ${about.line}: sound comes from ${about.number}, but not ours`,
    de: `Leitung ${about.line}: von ${about.number} kommt Ton, aber nicht unserer`,
  },
  de: 'Ton kommt herein, so viel ist sicher. Ob er auch hinausgeht, zeigt eine Nummer, die zurückgibt, was sie hört.',
})
