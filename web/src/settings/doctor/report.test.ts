import { expect, it } from 'vitest'
import type { Diagnosis } from '../../../../src/api/contract.ts'
import { reportText, sortFindings } from './report.ts'

const diagnosis: Diagnosis = {
  examinedAt: '2026-11-27T09:00:00.000Z',
  version: '0.1.0',
  soundTests: [],
  findings: [
    { area: 'disk', level: 'ok', code: null, what: { en: 'fine', de: 'gut' }, advice: null },
    {
      area: 'clock',
      level: 'warn',
      code: 'AP_CLOCK_UNWATCHED',
      what: { en: 'no time server', de: 'kein Zeitserver' },
      advice: { en: 'set one', de: 'stellen Sie einen ein' },
    },
    {
      area: 'lines',
      level: 'fail',
      code: 'AP_REGISTRAR_SILENT',
      what: { en: 'not registered', de: 'nicht angemeldet' },
      advice: { en: 'check it', de: 'prüfen Sie es' },
    },
  ],
}

it('shows the worst first, and what is in order apart', () => {
  const { problems, fine } = sortFindings(diagnosis.findings)
  expect(problems.map(({ level }) => level)).toEqual(['fail', 'warn'])
  expect(fine).toHaveLength(1)
})

it('is a text that one can send, in the language of the page', () => {
  expect(reportText(diagnosis, 'de')).toBe(
    [
      'Answerphone 0.1.0, 2026-11-27T09:00:00.000Z',
      'ok   disk         gut',
      'warn clock        kein Zeitserver',
      '                  AP_CLOCK_UNWATCHED: stellen Sie einen ein',
      'fail lines        nicht angemeldet',
      '                  AP_REGISTRAR_SILENT: prüfen Sie es',
      '',
    ].join('\n'),
  )
})
