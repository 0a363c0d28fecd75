import type { SettingsWords } from './settings-words.ts'

/** The words about encrypted sound, in German. */
export const srtp: SettingsWords['srtp'] = {
  title: 'Verschlüsselung',
  label: 'Ton verschlüsseln (SRTP)',
  uses: { offered: 'Wo es geht', required: 'Immer', off: 'Nie' },
  hints: {
    offered: 'Wo die Gegenseite es kann und mit TLS verbunden ist, damit niemand die Schlüssel mitliest.',
    required:
      'Ohne Verschlüsselung kein Gespräch. Ist die Gegenseite nicht mit TLS verbunden, hat die Schlüssel auch, wer mitliest.',
    off: 'Wer mitliest, hört mit.',
  },
}
