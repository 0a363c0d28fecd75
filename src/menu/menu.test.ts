import { describe, expect, it } from 'vitest'
import { runMachine } from '../shared/step.ts'
import { stepMenu } from './menu.ts'
import type { MenuFact, MenuOrder } from './orders.ts'
import type { MenuRights, MenuState } from './state.ts'
import type { MenuMessage, Word } from './words.ts'

const message = (id: string, callerNumber: string | null = `+4930${id}`): MenuMessage => ({
  id,
  callerNumber,
  receivedAt: 0,
  durationMs: 5000,
})

/** A word as it is read here. */
function read(word: Word): string {
  switch (word.say) {
    case 'prompt':
      return word.prompt
    case 'number':
    case 'count':
      return `${word.number}`
    case 'digits':
      return word.digits
    case 'message':
      return `<${word.message.id}>`
    case 'moment':
      return 'when'
    default:
      return `<${word.say}>`
  }
}
const written = (order: MenuOrder): string => {
  switch (order.kind) {
    case 'say':
      return order.words.map(read).join(' ')
    case 'mark-heard':
    case 'delete':
    case 'restore':
      return `[${order.kind} ${order.id}]`
    case 'call-back':
      return `[call ${order.number}]`
    default:
      return `[${order.kind}]`
  }
}

/** A menu, opened on these messages; each `does` gives what it ordered since. */
function openMenu(fresh: MenuMessage[], saved: MenuMessage[] = [], rights: Partial<MenuRights> = {}) {
  const orders: string[] = []
  const machine = runMachine<MenuState, MenuFact, MenuOrder>(
    stepMenu,
    { at: 'new', rights: { greeting: true, callBack: true, ...rights }, live: false, unanswered: 0 },
    (order) => orders.push(written(order)),
  )
  const does = (...facts: readonly (MenuFact['kind'] | MenuFact | `${number}` | '*' | '#')[]) => {
    for (const fact of facts) {
      orders.length = 0
      if (typeof fact === 'object') machine.send(fact)
      else if (/^[\d*#]$/.test(fact)) machine.send({ kind: 'digit', digit: fact })
      else machine.send({ kind: fact } as MenuFact)
      if (orders.includes('[read-messages]')) machine.send({ kind: 'messages', fresh, saved })
    }
    return [...orders]
  }
  return { does, opened: does('opened'), machine }
}

const CHOICES = 'choose-message choose-call-back choose-next'

describe('the menu', () => {
  it('says what is there, and only what can be chosen', () => {
    expect(openMenu([message('1'), message('2')], [message('3')]).opened).toEqual([
      '[read-messages]',
      'you-have 2 new-messages and 1 saved-message choose-new choose-saved choose-greeting choose-end',
    ])
    expect(openMenu([], [], { greeting: false }).opened.at(-1)).toBe(
      'you-have no new-messages and no saved-messages choose-end',
    )
  })

  it('says a message with who and when, then what can be done, and has it heard', () => {
    const { does } = openMenu([message('1', '+49 (30) 12')])
    expect(does('1')).toEqual(['message 1 from 493012 when <1>'])
    expect(does('said')).toEqual(['[mark-heard 1]', CHOICES])
    expect(does('said')).toEqual(['[wait]'])
    expect(does('1')).toEqual(['<1>'])
  })

  it('goes to the next, back, and past the end to the beginning', () => {
    const { does } = openMenu([message('1'), message('2', null)])
    does('1')
    expect(does('9')).toEqual(['message 2 from-unknown when <2>'])
    expect(does('7')).toEqual(['message 1 from 49301 when <1>'])
    expect(does('7')).toEqual(['message 1 from 49301 when <1>'])
    expect(does('#', '9')[0]).toBe('[read-messages]')
  })

  it('deletes, undoes, and deletes the last of all without losing the way to undo it', () => {
    const { does } = openMenu([message('1'), message('2'), message('3')])
    does('1')
    expect(does('3')).toEqual(['[delete 1]', 'deleted message 1 from 49302 when <2>'])
    expect(does('4')).toEqual(['[restore 1]', 'restored message 1 from 49301 when <1>'])
    does('3', '3')
    expect(does('3')).toEqual(['[delete 3]', 'deleted no-more'])
    expect(does('said')).toEqual(['[wait]'])
    expect(does('4')).toEqual(['[restore 3]', 'restored message 1 from 49303 when <3>'])
    expect(does('7')).toEqual(['message 1 from 49303 when <3>'])
    expect(does('4')).toEqual(['[restore 2]', 'restored message 1 from 49302 when <2>'])
  })

  it('keeps what is not heard to its end, at a press', () => {
    const { does } = openMenu([message('1'), message('2')])
    does('1')
    expect(does('2')).toEqual(['[mark-heard 1]', 'saved message 2 from 49302 when <2>'])
  })

  it('calls back where it may and there is a number', () => {
    const { does } = openMenu([message('1')])
    does('1')
    expect(does('5')).toEqual(['calling', '[call +49301]'])
    expect(does('3', 'said')).toEqual([])
    expect(does({ kind: 'call-over', answered: false })).toEqual([`nobody-answers ${CHOICES}`])
    const outside = openMenu([message('1')], [], { callBack: false })
    outside.does('1')
    expect(outside.does('5')).toEqual(['wrong-key choose-message choose-next'])
    const unknown = openMenu([message('1', null)])
    unknown.does('1')
    expect(unknown.does('5')).toEqual(['wrong-key choose-message choose-next'])
  })

  it('records a greeting, plays it, takes it into use, or throws it away', () => {
    const { does } = openMenu([])
    expect(does('5')).toEqual(['choose-recorded-greeting'])
    expect(does('1')).toEqual(['<greeting> choose-recorded-greeting'])
    expect(does('2')).toEqual(['[record-greeting]', '[wait]'])
    expect(does('#')).toEqual(['[stop-recording]'])
    expect(does({ kind: 'recorded', heard: true })).toEqual(['choose-use'])
    expect(does('2')).toEqual(['<new-greeting> choose-use'])
    expect(does('3')).toEqual(['[drop-greeting]', '[record-greeting]', '[wait]'])
    expect(does('idle')).toEqual(['[stop-recording]'])
    expect(does({ kind: 'recorded', heard: false })).toEqual([
      '[drop-greeting]',
      'nothing-heard choose-recorded-greeting',
    ])
    does('2', '#', { kind: 'recorded', heard: true })
    expect(does('1')).toEqual(['[use-greeting]'])
    expect(does('greeting-in-use').at(-1)).toMatch(/^greeting-in-use you-have/)
    does('5', '2', '#', { kind: 'recorded', heard: true })
    expect(does('*').slice(0, 2)).toEqual(['[drop-greeting]', '[read-messages]'])
  })

  it('says its choices twice more, then goodbye', () => {
    const { does, machine } = openMenu([message('1')])
    expect(does('said')).toEqual(['[wait]'])
    for (let time = 0; time < 2; time++)
      expect(does('idle')).toEqual(['choose-new choose-greeting choose-end'])
    expect(does('idle')).toEqual(['goodbye'])
    expect(does('said')).toEqual(['[hang-up]'])
    expect(does('1', 'said', 'opened')).toEqual([])
    expect(machine.state.at).toBe('over')
  })

  it('says that it can not do what fails, and ends where nothing can be read', () => {
    const { does, machine } = openMenu([message('1')])
    does('1')
    expect(does('failed').at(-1)).toMatch(/^not-possible you-have/)
    machine.send({ kind: 'digit', digit: '1' })
    machine.send({ kind: 'digit', digit: '*' })
    expect(machine.state.at).toBe('reading')
    expect(does('failed')).toEqual(['not-possible goodbye'])
  })
})

describe('the call that goes on', () => {
  const live = (isThere: boolean) => ({ kind: 'live', isThere }) as const

  it('is offered only while there is one', () => {
    const { does } = openMenu([])
    expect(does('4')[0]).toMatch(/^wrong-key/)
    expect(does(live(true), '0')).toEqual(['choose-live choose-greeting choose-end'])
    expect(does(live(false), '0')).toEqual(['choose-greeting choose-end'])
  })

  it('is heard, with the choices over it once, until she goes back', () => {
    const { does } = openMenu([])
    expect(does(live(true), '4')).toEqual(['[join]'])
    expect(does('1')).toEqual([])
    expect(does('joined')).toEqual(['choose-pick-up'])
    expect(does('said')).toEqual([])
    expect(does('7')).toEqual([])
    expect(does('*').slice(0, 2)).toEqual(['[leave]', '[read-messages]'])
  })

  it('is hers by 1, and no key ends it then; afterwards the menu goes on', () => {
    const { does } = openMenu([])
    expect(does(live(true), '4', 'joined', '1')).toEqual(['[pick-up]'])
    expect(does('*')).toEqual([])
    expect(does(live(false), 'live-over').at(-1)).toMatch(/^call-over you-have .* choose-end$/)
  })

  it('may be over before it is heard', () => {
    const { does } = openMenu([])
    expect(does(live(true), '4', live(false), 'failed').at(-1)).toMatch(/^not-possible you-have/)
  })
})
