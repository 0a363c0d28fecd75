import type { Common, Lists, MenuState } from './state.ts'
import { type MenuMessage, prompt, type Word } from './words.ts'

/** `You have`, two, `new messages` … */
export function countsOf({ fresh, saved }: Lists): readonly Word[] {
  const count = (messages: readonly unknown[], one: Word, many: Word): readonly Word[] => [
    messages.length === 0 ? prompt('no') : { say: 'count', number: messages.length },
    messages.length === 1 ? one : many,
  ]
  return [
    prompt('you-have'),
    ...count(fresh, prompt('new-message'), prompt('new-messages')),
    prompt('and'),
    ...count(saved, prompt('saved-message'), prompt('saved-messages')),
  ]
}

/** What can be chosen in the main menu, the keys in their order. */
export function mainChoices({ fresh, saved, rights, live }: Lists & Common): readonly Word[] {
  return [
    ...(fresh.length > 0 ? [prompt('choose-new')] : []),
    ...(saved.length > 0 ? [prompt('choose-saved')] : []),
    ...(live ? [prompt('choose-live')] : []),
    ...(rights.greeting ? [prompt('choose-greeting')] : []),
    prompt('choose-end'),
  ]
}

/** What is said before the sound of a message; `number`: which of them it is. */
export function headOf({ callerNumber, receivedAt }: MenuMessage, number: number): readonly Word[] {
  const digits = callerNumber?.replace(/\D/g, '') ?? ''
  return [
    prompt('message'),
    { say: 'number', number },
    ...(digits === '' ? [prompt('from-unknown')] : [prompt('from'), { say: 'digits', digits } as const]),
    { say: 'moment', at: receivedAt },
  ]
}

/** The same after a message. */
export function messageChoices(state: Common, message: MenuMessage): readonly Word[] {
  return [
    prompt('choose-message'),
    ...(canCallBack(state, message) ? [prompt('choose-call-back')] : []),
    prompt('choose-next'),
  ]
}

/** Whether `5` does anything. */
export const canCallBack = ({ rights }: Common, { callerNumber }: MenuMessage) =>
  rights.callBack && callerNumber !== null && callerNumber !== ''

/** What can be chosen here; undefined where nothing can. */
export function choicesOf(state: MenuState): readonly Word[] | undefined {
  switch (state.at) {
    case 'main':
      return mainChoices(state)
    case 'message': {
      const message = state.list[state.index]
      return message ? messageChoices(state, message) : [prompt('no-more')]
    }
    case 'greeting':
      return [prompt('choose-recorded-greeting')]
    case 'judging':
      return [prompt('choose-use')]
    default:
      return undefined
  }
}
