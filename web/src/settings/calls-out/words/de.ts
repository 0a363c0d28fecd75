import type { OutWords } from './out-words.ts'

/** The same in German. */
export const de: OutWords = {
  more: 'Nach außen telefonieren',
  callsOut: 'Telefone dürfen nach außen rufen',
  callsOutHint:
    'Über das Konto dieser Leitung und auf dessen Kosten. Ist es aus, kann niemand Kosten verursachen.',
  outPhones: 'Welche Telefone',
  outPhonesHint: 'Keines gewählt: alle Telefone dieser Mailbox. Browser beginnen mit page-.',
  outAtOnce: 'Rufe nach außen zugleich',
  outPerHour: 'Rufe nach außen in einer Stunde',
  outPerHourHint: 'So viel kann ein gestohlenes Passwort kosten. Notrufe werden nie zurückgehalten.',
  callBack: 'Nach außen über ein Gateway',
  callBackHint:
    'Anstelle des Kontos: eine SIP-Adresse mit einer IP-Adresse darin, wie sip:192.0.2.7:5060. Wer sie einträgt, lässt Telefone nach außen rufen.',
}
