import { describe, expect, it } from 'vitest'
import type { OwnerFact, OwnerOrder, Purpose, Stage } from './facts.ts'
import { NOBODY, type OwnerSide } from './state.ts'
import { stepOwnerSide } from './step.ts'

/** Sends facts to the owner's side; what each of them ordered, as words. */
function play(...facts: readonly OwnerFact[]): { side: OwnerSide; orders: string[][] } {
  let side = NOBODY
  const orders = facts.map((fact) => {
    const [next, given] = stepOwnerSide(side, fact)
    side = next
    return given.map(inWords)
  })
  return { side, orders }
}

function inWords(order: OwnerOrder): string {
  switch (order.kind) {
    case 'act':
      return Object.values(order.act).join(' ')
    case 'withdraw':
    case 'hang-up':
      return `${order.kind} ${order.leg}${order.elsewhere ? ' elsewhere' : ''}`
    default:
      return Object.values(order).join(' ')
  }
}

const last = (...facts: readonly OwnerFact[]) => play(...facts).orders.at(-1)
const stage = (at: Stage): OwnerFact => ({ kind: 'stage', stage: at })
const calling = (leg: string, purpose: Purpose): OwnerFact => ({ kind: 'calling', leg, phone: leg, purpose })
const asks = (leg: string, purpose: 'talk' | 'listen'): OwnerFact => ({
  kind: 'asks',
  leg,
  phone: leg,
  purpose,
})
const on = (kind: 'answered' | 'rings' | 'wants-to-talk' | 'gone' | 'transfer', leg: string): OwnerFact => ({
  kind,
  leg,
})
const told = (kind: 'connect' | 'too-late' | 'disconnect', leg: string): OwnerFact => ({ kind, leg })

const RINGING = [stage('ringing'), calling('desk', 'ring'), calling('sofa', 'ring')]
const TALKING = [...RINGING, on('answered', 'desk'), told('connect', 'desk'), stage('talking')]

describe('while it rings', () => {
  it('rings the phones; who answers is put before the screening machine', () => {
    expect(play(...RINGING, on('answered', 'desk')).orders).toEqual([
      ['ring-phones'],
      [],
      [],
      ['picked-up desk'],
    ])
  })

  it('gives the caller to who is connected, and tells the others that it was answered elsewhere (RFC 3326)', () => {
    expect(last(...RINGING, on('answered', 'desk'), told('connect', 'desk'))).toEqual([
      'talk desk',
      'withdraw sofa elsewhere',
    ])
  })

  it('does nothing about phones that refuse, all of them even', () => {
    expect(play(...RINGING, on('gone', 'desk'), on('gone', 'sofa')).orders.slice(-2)).toEqual([[], []])
  })

  it('hangs up on who was too late', () => {
    const second = [...TALKING, on('answered', 'sofa')]
    expect(last(...second)).toEqual(['picked-up sofa'])
    expect(last(...second, told('too-late', 'sofa'))).toEqual(['hang-up sofa elsewhere'])
  })

  it('ends the call of who picked up and hung up in the same moment', () => {
    expect(last(...RINGING, on('answered', 'desk'), on('gone', 'desk'), told('connect', 'desk'))).toEqual([
      'owner-hung-up desk',
    ])
  })
})

describe('when the machine answers', () => {
  it('stops the ringing, as a missed call, and calls the speakers', () => {
    expect(last(...RINGING, stage('screening'))).toEqual(['withdraw desk', 'withdraw sofa', 'call-speakers'])
  })

  it('still takes the phone that was answered in that very moment', () => {
    expect(last(...RINGING, stage('screening'), on('answered', 'desk'))).toEqual(['picked-up desk'])
  })

  it('lets a speaker hear, and lets whoever hears pick up by a key', () => {
    const hearing = [stage('screening'), calling('kitchen', 'speaker'), on('answered', 'kitchen')]
    expect(last(...hearing)).toEqual(['hear kitchen'])
    expect(last(...hearing, on('wants-to-talk', 'kitchen'))).toEqual(['picked-up kitchen'])
    expect(last(...hearing, on('wants-to-talk', 'kitchen'), told('connect', 'kitchen'))).toEqual([
      'talk kitchen',
    ])
  })

  it('does not ring a phone that comes too late for it', () => {
    expect(last(stage('ringing'), stage('screening'), calling('desk', 'ring'))).toEqual(['withdraw desk'])
  })
})

describe('listening', () => {
  it('is let in while it rings and while a message is left', () => {
    expect(last(stage('ringing'), asks('sofa', 'listen'))).toEqual(['accept sofa', 'hear sofa'])
    expect(last(stage('screening'), asks('sofa', 'listen'))).toEqual(['accept sofa', 'hear sofa'])
  })

  it('is not let in on a conversation, nor after the end', () => {
    expect(last(...TALKING, asks('attic', 'listen'))).toEqual(['refuse attic 486'])
    expect(last(stage('ringing'), stage('over'), asks('attic', 'listen'))).toEqual(['refuse attic 481'])
  })

  it('ends when somebody picks up', () => {
    const listening = [stage('screening'), asks('attic', 'listen'), asks('desk', 'talk')]
    expect(last(...listening, told('connect', 'desk'))).toEqual([
      'accept desk',
      'talk desk',
      'hang-up attic elsewhere',
    ])
  })

  it('changes nothing for the caller when it ends', () => {
    expect(last(stage('screening'), asks('attic', 'listen'), on('gone', 'attic'))).toEqual([])
  })
})

describe('a phone that asks to pick up', () => {
  it('is refused when it is too late, in the words of RFC 3891 §3 when the call is over', () => {
    expect(last(stage('screening'), asks('desk', 'talk'), told('too-late', 'desk'))).toEqual([
      'refuse desk 486',
    ])
    expect(last(stage('ringing'), stage('over'), asks('desk', 'talk'), told('too-late', 'desk'))).toEqual([
      'refuse desk 481',
    ])
  })

  it('ends the call when it hangs up', () => {
    expect(last(...TALKING, on('gone', 'desk'))).toEqual(['owner-hung-up desk'])
  })

  it('is hung up on when the caller goes', () => {
    expect(last(...TALKING, told('disconnect', 'desk'))).toEqual(['hang-up desk'])
  })
})

describe('a transfer (RFC 5589 §5)', () => {
  const ASKED = [...TALKING, on('gone', 'sofa'), on('transfer', 'desk'), calling('attic', 'transfer')]

  it('tells how it goes, and gives the caller to who answers', () => {
    expect(last(...ASKED, on('rings', 'attic'))).toEqual(['tell-transfer 180'])
    expect(last(...ASKED, on('answered', 'attic'))).toEqual(['handed-over desk attic'])
    expect(last(...ASKED, on('answered', 'attic'), told('connect', 'attic'))).toEqual([
      'talk attic',
      'tell-transfer 200',
      'hang-up desk elsewhere',
    ])
  })

  it('leaves the caller with her when nobody answers', () => {
    expect(last(...ASKED, { kind: 'gone', leg: 'attic', status: 486 })).toEqual(['tell-transfer 486'])
    expect(last(...ASKED, { kind: 'gone', leg: 'attic', status: 486 }, on('gone', 'desk'))).toEqual([
      'owner-hung-up desk',
    ])
  })

  it('goes on when she hangs up meanwhile, and ends the call if it then fails', () => {
    expect(last(...ASKED, on('gone', 'desk'))).toEqual([])
    expect(last(...ASKED, on('gone', 'desk'), on('answered', 'attic'), told('connect', 'attic'))).toEqual([
      'talk attic',
      'tell-transfer 200',
    ])
    expect(last(...ASKED, on('gone', 'desk'), on('gone', 'attic'))).toEqual(['owner-hung-up desk'])
  })

  it('is for her alone who talks, and one at a time', () => {
    expect(play(...TALKING, on('transfer', 'sofa')).side.transfer).toBeUndefined()
    expect(play(...ASKED, on('transfer', 'desk')).side.transfer?.targets.size).toBe(1)
  })

  it('takes the other side of a call in which she asked back (RFC 5589 §7)', () => {
    expect(last(...TALKING, { kind: 'adopted', leg: 'attic', phone: 'attic' })).toEqual([
      'handed-over desk attic',
    ])
  })
})

it('lets everybody go at the end', () => {
  const many = [...RINGING, asks('attic', 'listen'), stage('over')]
  expect(last(...many)).toEqual(['withdraw desk', 'withdraw sofa', 'hang-up attic'])
})

describe('a phone that answers for a caller who has said a name', () => {
  const hears: OwnerFact = { kind: 'answered', leg: 'desk', asksFirst: true }
  const decided = (decision: 'take' | 'send-on' | 'block' | 'none', leg = 'desk'): OwnerFact => ({
    kind: 'decided',
    leg,
    decision,
  })

  it('is asked first, while the others go on ringing, and has the caller when she says so', () => {
    const { orders } = play(...RINGING, hears, decided('take'), told('connect', 'desk'))
    expect(orders.slice(-3)).toEqual([
      ['ask desk'],
      ['picked-up desk'],
      ['talk desk', 'withdraw sofa elsewhere'],
    ])
  })

  it('may send him to the machine, or away for good; who says nothing is let go alone', () => {
    expect(last(...RINGING, hears, decided('send-on'))).toEqual(['hang-up desk', 'do answer-now desk'])
    expect(last(...RINGING, hears, decided('block'))).toEqual(['hang-up desk', 'do block desk'])
    expect(last(...RINGING, hears, decided('none'))).toEqual(['hang-up desk'])
    expect(last(...RINGING, hears, on('gone', 'desk'))).toEqual([])
  })

  it('is asked on when the machine answers meanwhile, and may take him from there; he is with the machine already', () => {
    const meanwhile = [...RINGING, hears, stage('screening')]
    expect(last(...meanwhile)).toEqual(['withdraw sofa', 'call-speakers'])
    expect(last(...meanwhile, decided('take'))).toEqual(['picked-up desk'])
    expect(last(...meanwhile, decided('send-on'))).toEqual(['hang-up desk'])
    expect(last(...meanwhile, decided('block'))).toEqual(['hang-up desk', 'do block desk'])
  })

  it('is hung up on when another was quicker, or the caller has gone', () => {
    const other: OwnerFact = { kind: 'answered', leg: 'sofa', asksFirst: true }
    const both = [...RINGING, hears, other, decided('take', 'sofa'), told('connect', 'sofa')]
    expect(last(...both)).toEqual(['talk sofa', 'hang-up desk elsewhere'])
    expect(last(...RINGING, hears, stage('over'))).toEqual(['hang-up desk', 'withdraw sofa'])
  })

  it('is not asked when somebody else has the caller already', () => {
    expect(last(...TALKING, { kind: 'answered', leg: 'sofa', asksFirst: true })).toEqual(['picked-up sofa'])
  })
})
