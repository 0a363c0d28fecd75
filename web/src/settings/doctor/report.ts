import type { Diagnosis, Finding } from '../../../../src/api/contract.ts'

type Language = 'en' | 'de'

/** What is to be looked at, the worst first, and what is in order. */
export function sortFindings(findings: readonly Finding[]): {
  readonly problems: readonly Finding[]
  readonly fine: readonly Finding[]
} {
  const of = (wanted: Finding['level']) => findings.filter(({ level }) => level === wanted)
  return { problems: [...of('fail'), ...of('warn')], fine: of('ok') }
}

/** The whole as plain text, to be sent to somebody who helps. */
export function reportText({ examinedAt, version, findings }: Diagnosis, language: Language): string {
  const lines = findings.flatMap(({ area, level, code, what, advice }) => [
    `${level.padEnd(5)}${area.padEnd(13)}${what[language]}`,
    ...(advice === null ? [] : [`                  ${code}: ${advice[language]}`]),
  ])
  return [`Answerphone ${version}, ${examinedAt}`, ...lines, ''].join('\n')
}
