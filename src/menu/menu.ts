import { type Step, unreachable } from '../shared/step.ts'
import type { MenuFact, MenuOrder } from './orders.ts'
import { type MenuMessage, prompt, type Word } from './words.ts'

/** What whoever is in the menu may do besides listening. */
export interface MenuRights {
  /** It is one mailbox, whose greeting may be recorded. */
  readonly greeting: boolean
  readonly callBack: boolean
}

/**
 * Where the menu stands.
 *
 *     reading ─▶ main ─▶ message ─▶ (next …) ─▶ reading
 *                  └──▶ greeting ─▶ recording ─▶ judging ─▶ greeting
 */
export type MenuState = Common &
  (
    | { readonly at: 'new' }
    /** The mailbox is being read; `first`: what is said before what is in it. */
    | { readonly at: 'reading'; readonly first: readonly Word[] }
    | ({ readonly at: 'main' } & Lists)
    | ({ readonly at: 'message' } & Listening)
    | ({ readonly at: 'calling' } & Listening)
    | { readonly at: 'greeting' | 'recording' | 'judging' | 'adopting' }
    /** A last word is said. */
    | { readonly at: 'leaving' }
    | { readonly at: 'over' }
  )

interface Common {
  readonly rights: MenuRights
  /** How often in a row nobody pressed a key. */
  readonly unanswered: number
}

interface Lists {
  readonly fresh: readonly MenuMessage[]
  readonly saved: readonly MenuMessage[]
}

interface Listening {
  readonly list: readonly MenuMessage[]
  readonly index: number
  /** `sound`: the message is being said; `choices`: it has been heard to its end. */
  readonly part: 'sound' | 'choices'
  /** Of the list; the last of them may be undone. */
  readonly deleted: readonly string[]
}

type Stepped = readonly [MenuState, readonly MenuOrder[]]
type At<Name extends MenuState['at']> = Extract<MenuState, { at: Name }>

/** How long a key is waited for after all choices were said, and after how many times of that the menu ends. */
const PATIENCE_MS = 8000
const REPEATS = 3
const LONGEST_GREETING_MS = 120_000

const say = (...words: readonly Word[]): MenuOrder => ({ kind: 'say', words })

/** The spoken menu: every decision of it is made here, and nothing else is. */
export const stepMenu: Step<MenuState, MenuFact, MenuOrder> = (state, fact) => {
  if (state.at === 'over') return [state, []]
  if (fact.kind === 'digit') return press({ ...state, unanswered: 0 }, fact.digit)
  if (fact.kind === 'idle') return wait(state)
  if (fact.kind === 'failed') return fail(state)
  switch (state.at) {
    case 'new':
      return fact.kind === 'opened' ? read(state) : [state, []]
    case 'reading':
      return fact.kind === 'messages' ? showMain(state, fact) : [state, []]
    case 'main':
    case 'greeting':
    case 'judging':
      return fact.kind === 'said' ? [state, [{ kind: 'wait', ms: PATIENCE_MS }]] : [state, []]
    case 'message':
      return fact.kind === 'said' ? heard(state) : [state, []]
    case 'calling':
      return fact.kind === 'call-over' ? callOver(state, fact.answered) : [state, []]
    case 'recording':
      return fact.kind === 'recorded' ? judge(state, fact.heard) : [state, []]
    case 'adopting':
      return fact.kind === 'greeting-in-use' ? read(state, prompt('greeting-in-use')) : [state, []]
    case 'leaving':
      return fact.kind === 'said' ? [{ ...state, at: 'over' }, [{ kind: 'hang-up' }]] : [state, []]
    default:
      return unreachable(state)
  }
}

function press(state: MenuState, digit: string): Stepped {
  switch (state.at) {
    case 'main':
      return pressInMain(state, digit)
    case 'message':
      return pressInMessage(state, digit)
    case 'greeting':
      return pressInGreeting(state, digit)
    case 'recording':
      return [state, [{ kind: 'stop-recording' }]]
    case 'judging':
      return pressInJudging(state, digit)
    case 'new':
    case 'reading':
    case 'adopting':
    case 'calling':
    case 'leaving':
    case 'over':
      return [state, []]
    default:
      return unreachable(state)
  }
}

function pressInMain(state: At<'main'>, digit: string): Stepped {
  switch (digit) {
    case '1':
      return open(state, state.fresh)
    case '2':
      return open(state, state.saved)
    case '5':
      return state.rights.greeting ? showGreeting(state) : wrongKey(state)
    case '0':
      return [state, [say(...mainChoices(state))]]
    case '*':
    case '#':
      return leave(state)
    default:
      return wrongKey(state)
  }
}

function pressInMessage(state: At<'message'>, digit: string): Stepped {
  const message = state.list[state.index]
  if (!message) return pressPastEnd(state, digit)
  switch (digit) {
    case '1':
      return [{ ...state, part: 'sound' }, [say({ say: 'message', message })]]
    case '2':
      return go(state, state.index + 1, [{ kind: 'mark-heard', id: message.id }], prompt('saved'))
    case '3': {
      const deleted = { ...state, deleted: [...state.deleted, message.id] }
      return go(deleted, state.index + 1, [{ kind: 'delete', id: message.id }], prompt('deleted'))
    }
    case '4':
      return undo(state)
    case '5':
      if (!canCallBack(state, message)) return wrongKey(state)
      return [
        { ...state, at: 'calling' },
        [say(prompt('calling')), { kind: 'call-back', number: message.callerNumber ?? '' }],
      ]
    case '7':
      return go(state, state.index - 1)
    case '9':
    case '#':
      return go(state, state.index + 1)
    case '0':
      return [{ ...state, part: 'choices' }, [say(...messageChoices(state, message))]]
    case '*':
      return read(state)
    default:
      return wrongKey(state)
  }
}

/** The last one was deleted, which may still be undone. */
function pressPastEnd(state: At<'message'>, digit: string): Stepped {
  if (digit === '4') return undo(state)
  return digit === '7' ? go(state, state.index - 1) : read(state)
}

function pressInGreeting(
  state: At<'greeting' | 'recording' | 'judging' | 'adopting'>,
  digit: string,
): Stepped {
  switch (digit) {
    case '1':
      return [state, [say({ say: 'greeting' }, prompt('choose-recorded-greeting'))]]
    case '2':
      return record(state)
    case '0':
      return showGreeting(state)
    case '*':
    case '#':
      return read(state)
    default:
      return wrongKey(state)
  }
}

function pressInJudging(state: MenuState, digit: string): Stepped {
  switch (digit) {
    case '1':
      return [{ ...state, at: 'adopting' }, [{ kind: 'use-greeting' }]]
    case '2':
      return [state, [say({ say: 'new-greeting' }, prompt('choose-use'))]]
    case '3':
      return record(state, { kind: 'drop-greeting' })
    case '*':
    case '#': {
      const [next, orders] = read(state)
      return [next, [{ kind: 'drop-greeting' }, ...orders]]
    }
    default:
      return wrongKey(state)
  }
}

/** Nobody pressed a key: once more, or enough. A greeting that has no end ends so, too. */
function wait(state: MenuState): Stepped {
  if (state.at === 'recording') return [state, [{ kind: 'stop-recording' }]]
  const again = choicesOf(state)
  if (!again) return [state, []]
  const unanswered = state.unanswered + 1
  if (unanswered >= REPEATS) return leave(state)
  return [{ ...state, unanswered }, [say(...again)]]
}

function fail(state: MenuState): Stepped {
  // What was to be read can't be: there is nothing to offer.
  if (state.at === 'reading') return leave(state, prompt('not-possible'))
  if (state.at === 'leaving') return [state, []]
  return read(state, prompt('not-possible'))
}

function read(state: MenuState, ...first: readonly Word[]): Stepped {
  const { rights, unanswered } = state
  return [{ rights, unanswered, at: 'reading', first }, [{ kind: 'read-messages' }]]
}

function showMain(state: At<'reading'>, { fresh, saved }: Lists): Stepped {
  const { rights, unanswered, first } = state
  const main = { rights, unanswered, at: 'main', fresh, saved } as const
  return [main, [say(...first, ...countsOf(main), ...mainChoices(main))]]
}

/** `You have`, two, `new messages` … */
function countsOf({ fresh, saved }: Lists): readonly Word[] {
  const count = (messages: readonly unknown[], one: Word, many: Word): readonly Word[] => [
    messages.length === 0 ? prompt('no') : { say: 'number', number: messages.length },
    messages.length === 1 ? one : many,
  ]
  return [
    prompt('you-have'),
    ...count(fresh, prompt('new-message'), prompt('new-messages')),
    prompt('and'),
    ...count(saved, prompt('saved-message'), prompt('saved-messages')),
  ]
}

function mainChoices({ fresh, saved, rights }: Lists & Common): readonly Word[] {
  return [
    ...(fresh.length > 0 ? [prompt('choose-new')] : []),
    ...(saved.length > 0 ? [prompt('choose-saved')] : []),
    ...(rights.greeting ? [prompt('choose-greeting')] : []),
    prompt('choose-end'),
  ]
}

function open(state: At<'main'>, list: readonly MenuMessage[]): Stepped {
  const { rights, unanswered } = state
  if (list.length === 0) return [state, [say(...countsOf(state), ...mainChoices(state))]]
  return go({ rights, unanswered, at: 'message', list, index: 0, part: 'sound', deleted: [] }, 0)
}

/** To a message of the list that is still there; past its end, back to the beginning. */
function go(
  state: At<'message'>,
  wanted: number,
  orders: readonly MenuOrder[] = [],
  ...first: readonly Word[]
): Stepped {
  const kept = state.list.flatMap(({ id }, at) => (state.deleted.includes(id) ? [] : [at]))
  const index =
    wanted < state.index ? (kept.findLast((at) => at <= wanted) ?? kept[0]) : kept.find((at) => at >= wanted)
  const message = index === undefined ? undefined : state.list[index]
  if (index === undefined || !message) {
    // What was deleted last may be undone until the list is left: it is not left by itself then.
    if (state.deleted.length > 0 && state.index < state.list.length)
      return [
        { ...state, index: state.list.length, part: 'choices' },
        [...orders, say(...first, prompt('no-more'))],
      ]
    const [next, reading] = read(state, ...first, prompt('no-more'))
    return [next, [...orders, ...reading]]
  }
  return [
    { ...state, index, part: 'sound' },
    [...orders, say(...first, ...headOf(message, kept.indexOf(index) + 1), { say: 'message', message })],
  ]
}

function headOf({ callerNumber, receivedAt }: MenuMessage, number: number): readonly Word[] {
  const digits = callerNumber?.replace(/\D/g, '') ?? ''
  return [
    prompt('message'),
    { say: 'number', number },
    ...(digits === '' ? [prompt('from-unknown')] : [prompt('from'), { say: 'digits', digits } as const]),
    { say: 'moment', at: receivedAt },
  ]
}

/** The sound of a message is over, or all choices are said. */
function heard(state: At<'message'>): Stepped {
  const message = state.list[state.index]
  if (state.part === 'choices' || !message) return [state, [{ kind: 'wait', ms: PATIENCE_MS }]]
  return [
    { ...state, part: 'choices' },
    [{ kind: 'mark-heard', id: message.id }, say(...messageChoices(state, message))],
  ]
}

function messageChoices(state: Common, message: MenuMessage): readonly Word[] {
  return [
    prompt('choose-message'),
    ...(canCallBack(state, message) ? [prompt('choose-call-back')] : []),
    prompt('choose-next'),
  ]
}

const canCallBack = ({ rights }: Common, { callerNumber }: MenuMessage) =>
  rights.callBack && callerNumber !== null && callerNumber !== ''

function undo(state: At<'message'>): Stepped {
  const id = state.deleted.at(-1)
  if (id === undefined) return wrongKey(state)
  const index = state.list.findIndex((message) => message.id === id)
  const restored = { ...state, index, deleted: state.deleted.slice(0, -1) }
  return go(restored, index, [{ kind: 'restore', id }], prompt('restored'))
}

function callOver(state: At<'calling'>, answered: boolean): Stepped {
  const message = state.list[state.index]
  if (!message) return read(state)
  const first = answered ? [] : [prompt('nobody-answers')]
  return [{ ...state, at: 'message', part: 'choices' }, [say(...first, ...messageChoices(state, message))]]
}

function showGreeting({ rights, unanswered }: MenuState): Stepped {
  return [{ rights, unanswered, at: 'greeting' }, [say(prompt('choose-recorded-greeting'))]]
}

function record({ rights, unanswered }: MenuState, ...before: readonly MenuOrder[]): Stepped {
  return [
    { rights, unanswered, at: 'recording' },
    [...before, { kind: 'record-greeting' }, { kind: 'wait', ms: LONGEST_GREETING_MS }],
  ]
}

function judge({ rights, unanswered }: MenuState, isHeard: boolean): Stepped {
  if (isHeard) return [{ rights, unanswered, at: 'judging' }, [say(prompt('choose-use'))]]
  const words = [prompt('nothing-heard'), prompt('choose-recorded-greeting')]
  return [{ rights, unanswered, at: 'greeting' }, [{ kind: 'drop-greeting' }, say(...words)]]
}

function wrongKey(state: MenuState): Stepped {
  return [state, [say(prompt('wrong-key'), ...(choicesOf(state) ?? []))]]
}

/** What can be chosen here; undefined where nothing can. */
function choicesOf(state: MenuState): readonly Word[] | undefined {
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

function leave({ rights, unanswered }: MenuState, ...first: readonly Word[]): Stepped {
  return [{ rights, unanswered, at: 'leaving' }, [say(...first, prompt('goodbye'))]]
}
