import { type Signal, signal } from '@preact/signals'

/** A choice of this browser's user, kept in its storage; where that is closed to us, kept until the page is left. */
export function stored<Choice extends string>(
  key: string,
  choices: readonly Choice[],
  first: Choice,
): Signal<Choice> {
  const found = read(key, choices)
  const kept = signal(found ?? first)
  let known = kept.value
  kept.subscribe((choice) => {
    // What was never chosen is not written down: a better default may come.
    if (choice === known) return
    known = choice
    try {
      localStorage.setItem(`answerphone.${key}`, choice)
    } catch {
      // Private windows and blocked storage: the choice holds for this visit.
    }
  })
  return kept
}

function read<Choice extends string>(key: string, choices: readonly Choice[]): Choice | undefined {
  try {
    const found = localStorage.getItem(`answerphone.${key}`)
    return choices.find((choice) => choice === found)
  } catch {
    return undefined
  }
}
