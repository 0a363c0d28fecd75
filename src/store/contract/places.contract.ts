import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { homeOf, messageRow, NOON } from './sample-rows.contract.ts'

/** Lines, mailboxes and greetings. */
export function describePlaces(current: () => Store): void {
  describe('lines', () => {
    it('come back as they were put, by id and by name', async () => {
      const { lines } = current()
      const { line } = await homeOf(current())
      expect(await lines.get(line.id)).toEqual(line)
      expect(await lines.get('home')).toEqual(line)
      expect(await lines.list()).toEqual([line])
      expect(await lines.get('away')).toBeUndefined()
    })

    it('change', async () => {
      const { lines } = current()
      await homeOf(current())
      const changed = await lines.set('home', {
        name: 'office',
        number: '+49301',
        trunk: [],
        ringSeconds: 0,
        callBack: 'sip:192.0.2.9',
        internal: 'ignore',
        internalDigits: 4,
        callOut: { phones: ['kitchen'], atOnce: 2, perHour: 9 },
      })
      expect(await lines.get('office')).toEqual(changed)
      expect(changed).toMatchObject({
        number: '+49301',
        trunk: [],
        ringSeconds: 0,
        callBack: 'sip:192.0.2.9',
        internal: 'ignore',
        internalDigits: 4,
      })
    })

    it('refuse a name, a number or a mailbox that will not do', async () => {
      const { lines } = current()
      const { line } = await homeOf(current())
      const { id: _, ...fields } = line
      await expect(lines.add(fields)).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      await lines.add({ ...fields, name: 'two', number: '42' })
      await expect(lines.add({ ...fields, name: 'three', number: '42' })).rejects.toMatchObject({
        code: 'AP_NUMBER_TAKEN',
      })
      await expect(lines.set('two', { name: 'home' })).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      await expect(lines.set('two', { mailboxId: 'none' })).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
      await expect(lines.set('four', {})).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
    })

    it('keep their account, and how its registration stands as long as they are there', async () => {
      const { lines, registrations } = current()
      const { line } = await homeOf(current())
      expect(line.account).toBeNull()
      const account = {
        registrar: 'sip:sip.example.com',
        user: '030123',
        authUser: null,
        password: 'p',
        outboundProxy: null,
        expirySeconds: 600,
      }
      await lines.set('home', { account })
      expect((await lines.get('home'))?.account).toEqual(account)

      const failing = {
        lineId: line.id,
        state: 'failing',
        since: NOON,
        server: null,
        problem: { code: 'AP_REGISTRAR_SILENT', detail: 'udp 192.0.2.9:5060' },
        toldLostSince: NOON - 5,
        publicAddress: '203.0.113.5',
      } as const
      const registered = {
        ...failing,
        state: 'registered',
        server: 'udp 192.0.2.9:5060',
        problem: null,
        toldLostSince: null,
        publicAddress: null,
      } as const
      for (const registration of [failing, registered]) {
        await registrations.put(registration)
        expect(await registrations.list()).toEqual([registration])
      }
      await registrations.remove(line.id)
      expect(await registrations.list()).toEqual([])
      await registrations.put(failing)
      await lines.remove('home')
      expect(await registrations.list()).toEqual([])
      await registrations.put(failing)
      expect(await registrations.list()).toEqual([])
    })

    it('know how often wrong PINs were typed, until the mailbox is gone', async () => {
      const { lines, mailboxes, pinTries } = current()
      const { mailbox: box } = await homeOf(current())
      const tries = { mailboxId: box.id, pinHash: 'h', tries: 2, triedAt: NOON }
      await pinTries.put(tries)
      await pinTries.put({ ...tries, tries: 3, triedAt: NOON + 1 })
      expect(await pinTries.list()).toEqual([{ ...tries, tries: 3, triedAt: NOON + 1 }])
      await pinTries.remove(box.id)
      expect(await pinTries.list()).toEqual([])
      await pinTries.put(tries)
      for (const line of await lines.list()) await lines.remove(line.id)
      await mailboxes.remove(box.id)
      expect(await pinTries.list()).toEqual([])
      await pinTries.put(tries)
      expect(await pinTries.list()).toEqual([])
    })

    it('go', async () => {
      const { lines } = current()
      await homeOf(current())
      await lines.remove('home')
      expect(await lines.list()).toEqual([])
      await expect(lines.remove('home')).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
    })
  })

  describe('mailboxes', () => {
    it('come back, change, and keep their names to themselves', async () => {
      const { mailboxes } = current()
      const { mailbox } = await homeOf(current())
      expect(await mailboxes.get('home')).toEqual(mailbox)
      const changed = await mailboxes.set(mailbox.id, { longestSeconds: 60, afterPickUp: 'ask' })
      expect(changed).toEqual({ ...mailbox, longestSeconds: 60, afterPickUp: 'ask' })
      expect(await mailboxes.list()).toEqual([changed])
      const { id: _, ...fields } = mailbox
      await expect(mailboxes.add(fields)).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
    })

    it('keep when they greet otherwise, in order, though a greeting is no longer there', async () => {
      const { mailboxes } = current()
      const { mailbox } = await homeOf(current())
      expect(mailbox).toMatchObject({ schedule: [], timeZone: null, keepHeardDays: null, keepTrashDays: 30 })
      expect(mailbox).toMatchObject({ quotaMessages: null, quotaMinutes: null, whenFull: 'take' })
      const change = {
        timeZone: 'Europe/Berlin',
        schedule: [
          { kind: 'dates', from: '2026-12-24', to: '2027-01-02', greetingId: 'removed' },
          { kind: 'week', days: ['mon', 'fri'], from: '18:00', to: '08:00', greetingId: null },
        ],
      } as const
      await mailboxes.set('home', change)
      expect(await mailboxes.get('home')).toEqual({ ...mailbox, ...change })
      await mailboxes.set('home', { longestSeconds: 60, keepHeardDays: 90, keepTrashDays: null })
      expect(await mailboxes.get('home')).toMatchObject({ ...change, keepHeardDays: 90, keepTrashDays: null })
      const quota = { quotaMessages: 100, quotaMinutes: 60, whenFull: 'refuse' } as const
      await mailboxes.set('home', quota)
      expect(await mailboxes.get('home')).toMatchObject({ ...change, ...quota })
    })

    it('stay while a line or a message needs them', async () => {
      const { lines, mailboxes, messages } = current()
      const { mailbox } = await homeOf(current())
      await expect(mailboxes.remove('home')).rejects.toMatchObject({ code: 'AP_MAILBOX_IN_USE' })
      await lines.remove('home')
      await messages.add(messageRow(mailbox.id, 'a'))
      await expect(mailboxes.remove('home')).rejects.toMatchObject({ code: 'AP_MAILBOX_IN_USE' })
      await messages.purge('a')
      await mailboxes.remove('home')
      expect(await mailboxes.list()).toEqual([])
      expect(await messages.counts()).toEqual([])
    })
  })

  describe('greetings', () => {
    const greeting = { id: 'g', name: 'Holiday', file: 'g.wav', durationMs: 900, createdAt: NOON }

    it('come back, and leave their mailboxes when they go', async () => {
      const { greetings, mailboxes } = current()
      await homeOf(current())
      await greetings.add(greeting)
      await mailboxes.set('home', { greetingId: 'g' })
      expect(await greetings.get('Holiday')).toEqual(greeting)
      expect(await greetings.list()).toEqual([greeting])
      await expect(greetings.add({ ...greeting, id: 'h' })).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      expect(await greetings.remove('g')).toEqual(greeting)
      expect(await greetings.remove('g')).toBeUndefined()
      expect(await mailboxes.get('home')).toMatchObject({ greetingId: null })
    })
  })
}
