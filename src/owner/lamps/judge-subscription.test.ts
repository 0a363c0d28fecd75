import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { subscriptionDouble } from '../../../test/helpers/subscription-double.ts'
import { judgeSubscription } from './judge-subscription.ts'

function judge(event: string, uri = 'sip:kitchen@192.0.2.2', ...accept: string[]) {
  const headers = accept.map((value) => ['Accept', value] as const)
  const { subscription } = subscriptionDouble({ clock: fakeClock(), event, uri, headers })
  return judgeSubscription(subscription, (user) => (user === 'kitchen' ? { mailboxIds: ['box'] } : undefined))
}

describe('a SUBSCRIBE', () => {
  it('for messages or calls is granted (RFC 3842 §3.1, RFC 4235 §3.1)', () => {
    for (const event of ['message-summary', 'dialog']) {
      expect(judge(event)).toMatchObject({ kind: 'granted', event, user: 'kitchen' })
    }
  })

  it('for another package gets 489 (RFC 6665 §8.3.2)', () => {
    for (const event of ['presence', 'toString', '__proto__']) {
      expect(judge(event)).toEqual({ kind: 'refused', status: 489, headers: [] })
    }
  })

  it('for something else than its own gets 404, and so does nonsense', () => {
    for (const uri of ['sip:hall@192.0.2.2', 'sip:192.0.2.2', 'tel:+4930', 'sip:%00@192.0.2.2']) {
      expect(judge('dialog', uri)).toEqual({ kind: 'refused', status: 404, headers: [] })
    }
  })

  it('that can not read what we write gets 406 (RFC 3261 §21.4.7)', () => {
    expect(judge('dialog', undefined, 'application/pidf+xml')).toMatchObject({ status: 406 })
    for (const accept of [
      'application/pidf+xml, application/Dialog-Info+XML;q=0.5',
      'application/*',
      '*/*',
    ]) {
      expect(judge('dialog', undefined, accept)).toMatchObject({ kind: 'granted' })
    }
  })

  it('may ask for one dialog only (RFC 4235 §3.2)', () => {
    expect(judge('dialog;call-id="12@host";from-tag=x')).toMatchObject({ callId: '12@host' })
    expect(judge('dialog;call-id="broken')).toMatchObject({ kind: 'granted' })
  })
})
