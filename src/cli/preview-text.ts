import type { RulePreview } from '../api/contract.ts'

/** What would become of a call, as people read it. */
export function previewText(preview: RulePreview): string {
  const { decidedBy, says, noticeable, caller, owner, rules, at, timeZone } = preview
  const when = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).format(Date.parse(at))
  const known = preview.contact
    ? `, who is ${preview.contact.name}${preview.favourite ? ' (a favourite)' : ''}`
    : ''
  const listed =
    preview.blockLists.length > 0 ? `, on the block list ${preview.blockLists.join(' and ')}` : ''
  const lines = [
    `A call for ${preview.line} on ${when} (${timeZone})${known}${preview.blocked ? ', who is blocked' : ''}${listed}`,
    '',
    ...rules.flatMap(({ name, verdict, conditions, decides }) => [
      `${decides ? '→' : ' '} ${name}: ${VERDICTS[verdict]}${verdict === 'applies' && !decides ? ', but one before it decides' : ''}`,
      ...conditions.map(({ says, holds }) => `    ${holds ? '✓' : '✗'} ${says.en}`),
    ]),
    ...(rules.length > 0 ? [''] : []),
    `${WHY[decidedBy.kind](decidedBy.name ?? '')}: ${says.en}.`,
    caller.refused === null
      ? caller.answersAfterSeconds === null
        ? 'The phones ring; the machine does not answer.'
        : answerText(caller, caller.answersAfterSeconds)
      : `The caller gets SIP ${caller.refused}.`,
    ...(caller.refused === null && caller.tollSaverSeconds !== null
      ? [`While new messages wait, after ${caller.tollSaverSeconds} s (toll saver): callers can notice that.`]
      : []),
    ...(caller.refused === null && owner.phones
      ? [`Phones that may ring: ${owner.phones.join(', ') || 'none'}.`]
      : []),
    ...(noticeable ? ['The caller could notice this.'] : []),
  ]
  return `${lines.join('\n')}\n`
}

function answerText({ gate, ringsBehindGateSeconds }: RulePreview['caller'], seconds: number): string {
  if (!gate) return `The machine answers after ${seconds} s.`
  const asked = gate.kind === 'key' ? `to press ${gate.digit}` : 'for a name'
  const then = ringsBehindGateSeconds ? `it rings for ${ringsBehindGateSeconds} s` : 'it greets'
  return `The machine answers at once and asks ${asked}; then ${then}.`
}

const VERDICTS = {
  applies: 'holds',
  'does-not': 'does not hold',
  off: 'is switched off',
  blocked: 'is not about blocked callers',
}

const WHY = {
  rule: (name: string) => `By the rule "${name}"`,
  blocked: () => 'The caller is blocked',
  line: () => 'No rule holds, so the line decides',
}
