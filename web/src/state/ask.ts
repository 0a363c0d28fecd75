import { signal } from '@preact/signals'

/** Something that can't be taken back, about which the owner is asked first. */
export interface Question {
  /** What will be, in a sentence or two. */
  readonly text: string
  /** What the button says that does it. */
  readonly sure: string
  readonly answer: (sure: boolean) => void
}

/** What is asked now; null: nothing. */
export const question = signal<Question | null>(null)

/** Asks, and resolves to whether the owner is sure. */
export function ask(text: string, sure: string): Promise<boolean> {
  question.value?.answer(false)
  return new Promise((resolve) => {
    const asked: Question = {
      text,
      sure,
      answer(isSure) {
        if (question.value === asked) question.value = null
        resolve(isSure)
      },
    }
    question.value = asked
  })
}
