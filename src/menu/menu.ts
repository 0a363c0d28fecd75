import { type Step, unreachable } from '../shared/step.ts'
import { canCallBack, choicesOf, countsOf, headOf, mainChoices, messageChoices } from './choices.ts'
import type { MenuFact, MenuOrder } from './orders.ts'
import type { At, Common, Lists, MenuState } from './state.ts'
import { type MenuMessage, prompt, type Word } from './words.ts'

type Stepped = readonly [MenuState, readonly MenuOrder[]]

/** How long a key is waited for after all choices were said, and after how many times of that the menu ends. */
const PATIENCE_MS = 8000
const REPEATS = 3
const LONGEST_GREETING_MS = 120_000

const say = (...words: readonly Word[]): MenuOrder => ({ kind: 'say', words })

/** The spoken menu: every decision of it is made here, and nothing else is. */
export const stepMenu: Step<MenuState, MenuFact, MenuOrder> = (state, fact) => {
  if (state.at === 'over') return [state, []]
  if (fact.kind === 'live') return [{ ...state, live: fact.isThere }, []]
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
    case 'joining':
      return fact.kind === 'joined' ? screen(state) : callLeft(state, fact)
    case 'screening':
    case 'talking':
      return callLeft(state, fact)
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
    case 'screening':
      return pressInScreening(state, digit)
    case 'new':
    case 'reading':
    case 'adopting':
    case 'calling':
    case 'joining':
    case 'talking':
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
    case '4':
      return state.live ? [bare(state, 'joining'), [{ kind: 'join' }]] : wrongKey(state)
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

/** She hears the caller. All other keys are for her to press in vain: nothing is to be said over him. */
function pressInScreening(state: At<'joining' | 'screening' | 'talking'>, digit: string): Stepped {
  if (digit === '1') return [bare(state, 'talking'), [{ kind: 'pick-up' }]]
  if (digit !== '*') return [state, []]
  const [next, orders] = read(state)
  return [next, [{ kind: 'leave' }, ...orders]]
}

/** The choices sound over the caller, once; then he is heard alone. */
function screen(state: MenuState): Stepped {
  return [bare(state, 'screening'), [say(prompt('choose-pick-up'))]]
}

function callLeft(state: MenuState, fact: MenuFact): Stepped {
  return fact.kind === 'live-over' ? read(state, prompt('call-over')) : [state, []]
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
  // An earlier order, which has nothing to do with the call.
  if (state.at === 'screening' || state.at === 'talking') return [state, []]
  // What was to be read can't be: there is nothing to offer.
  if (state.at === 'reading') return leave(state, prompt('not-possible'))
  if (state.at === 'leaving') return [state, []]
  return read(state, prompt('not-possible'))
}

function read(state: MenuState, ...first: readonly Word[]): Stepped {
  return [{ ...commonOf(state), at: 'reading', first }, [{ kind: 'read-messages' }]]
}

function showMain(state: At<'reading'>, { fresh, saved }: Lists): Stepped {
  const main = { ...commonOf(state), at: 'main', fresh, saved } as const
  return [main, [say(...state.first, ...countsOf(main), ...mainChoices(main))]]
}

function open(state: At<'main'>, list: readonly MenuMessage[]): Stepped {
  if (list.length === 0) return [state, [say(...countsOf(state), ...mainChoices(state))]]
  return go({ ...commonOf(state), at: 'message', list, index: 0, part: 'sound', deleted: [] }, 0)
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

/** The sound of a message is over, or all choices are said. */
function heard(state: At<'message'>): Stepped {
  const message = state.list[state.index]
  if (state.part === 'choices' || !message) return [state, [{ kind: 'wait', ms: PATIENCE_MS }]]
  return [
    { ...state, part: 'choices' },
    [{ kind: 'mark-heard', id: message.id }, say(...messageChoices(state, message))],
  ]
}

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

function showGreeting(state: MenuState): Stepped {
  return [bare(state, 'greeting'), [say(prompt('choose-recorded-greeting'))]]
}

function record(state: MenuState, ...before: readonly MenuOrder[]): Stepped {
  return [
    bare(state, 'recording'),
    [...before, { kind: 'record-greeting' }, { kind: 'wait', ms: LONGEST_GREETING_MS }],
  ]
}

function judge(state: MenuState, isHeard: boolean): Stepped {
  if (isHeard) return [bare(state, 'judging'), [say(prompt('choose-use'))]]
  const words = [prompt('nothing-heard'), prompt('choose-recorded-greeting')]
  return [bare(state, 'greeting'), [{ kind: 'drop-greeting' }, say(...words)]]
}

function wrongKey(state: MenuState): Stepped {
  return [state, [say(prompt('wrong-key'), ...(choicesOf(state) ?? []))]]
}

function leave(state: MenuState, ...first: readonly Word[]): Stepped {
  return [bare(state, 'leaving'), [say(...first, prompt('goodbye'))]]
}

const commonOf = ({ rights, live, unanswered }: Common): Common => ({ rights, live, unanswered })

/** There, and no more is to be known of it. */
const bare = <
  Name extends 'greeting' | 'recording' | 'judging' | 'joining' | 'screening' | 'talking' | 'leaving',
>(
  state: Common,
  at: Name,
): Common & { readonly at: Name } => ({ ...commonOf(state), at })
