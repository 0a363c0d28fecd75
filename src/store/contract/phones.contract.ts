import { describe, expect, it } from 'vitest'
import { hashCredentials } from '../../shared/credentials.ts'
import type { Phone, PhoneBinding } from '../model.ts'
import { readRealm } from '../realm.ts'
import type { Store } from '../store.ts'
import { homeOf, NOON } from './sample-rows.contract.ts'

const hashes = hashCredentials('kitchen', 'answerphone', 'secret')

/** Phones, where they are registered, and the realm of their passwords. */
export function describePhones(current: () => Store): void {
  const addPhone = async (change: Partial<Omit<Phone, 'id' | 'hasRegistered'>> = {}) => {
    const fields = { name: 'kitchen', mailboxIds: [], speaker: false, speakerGainDb: 0, createdAt: NOON }
    return current().phones.add({ ...fields, ...change }, hashes)
  }
  const addMailbox = async (name: string) => {
    const { id: _, ...mailbox } = (await current().mailboxes.list())[0] ?? (await homeOf(current())).mailbox
    return current().mailboxes.add({ ...mailbox, name })
  }

  describe('phones', () => {
    it('come back as they were put, by id and by name, and keep their hashes to themselves', async () => {
      const { phones } = current()
      const { mailbox } = await homeOf(current())
      const phone = await addPhone({ mailboxIds: [mailbox.id], speaker: true, speakerGainDb: -4.5 })
      expect(phone).toEqual({
        id: expect.any(String),
        name: 'kitchen',
        mailboxIds: [mailbox.id],
        speaker: true,
        speakerGainDb: -4.5,
        srtp: 'offered',
        createdAt: NOON,
        hasRegistered: false,
      })
      expect(await phones.get('kitchen')).toEqual(phone)
      expect(await phones.get(phone.id)).toEqual(phone)
      expect(await phones.list()).toEqual([phone])
      expect(await phones.get('attic')).toBeUndefined()
      expect(await phones.credentials()).toEqual([{ name: 'kitchen', credentials: hashes }])
    })

    it('belong to many mailboxes, and these to many phones', async () => {
      const { phones } = current()
      const { mailbox } = await homeOf(current())
      const office = await addMailbox('office')
      await addPhone({ mailboxIds: [mailbox.id, office.id, office.id] })
      await addPhone({ name: 'attic', mailboxIds: [mailbox.id] })
      const mailboxesOf = async () => (await phones.list()).map(({ name, mailboxIds }) => [name, mailboxIds])
      expect(await mailboxesOf()).toEqual([
        ['attic', [mailbox.id]],
        ['kitchen', [mailbox.id, office.id].sort()],
      ])
      await phones.set('kitchen', { mailboxIds: [office.id] })
      await phones.set('attic', { mailboxIds: [] })
      expect(await mailboxesOf()).toEqual([
        ['attic', []],
        ['kitchen', [office.id]],
      ])
      await current().mailboxes.remove('office')
      expect((await phones.get('kitchen'))?.mailboxIds).toEqual([])
    })

    it('change, with new hashes or without', async () => {
      const { phones } = current()
      const { mailbox } = await homeOf(current())
      const phone = await addPhone({ mailboxIds: [mailbox.id] })
      const louder = await phones.set('kitchen', { speaker: true, speakerGainDb: 6 })
      expect(louder).toEqual({ ...phone, speaker: true, speakerGainDb: 6 })
      expect(await phones.set('kitchen', { srtp: 'required' })).toEqual({ ...louder, srtp: 'required' })
      await phones.set('kitchen', { srtp: 'offered' })
      const other = hashCredentials('hall', 'answerphone', 'other')
      expect(await phones.set('kitchen', { name: 'hall' }, other)).toEqual({ ...louder, name: 'hall' })
      expect(await phones.credentials()).toEqual([{ name: 'hall', credentials: other }])
      await addPhone()
      await expect(phones.set('kitchen', { name: 'hall' })).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      await expect(phones.set('attic', {})).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
    })

    it('are refused whole, with their name or a mailbox', async () => {
      const { phones } = current()
      await addPhone()
      await expect(addPhone()).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      await expect(addPhone({ name: 'attic', mailboxIds: ['none'] })).rejects.toMatchObject({
        code: 'AP_NOT_FOUND',
      })
      expect(await phones.list()).toHaveLength(1)
    })

    it('share one realm, which stays', async () => {
      expect(await readRealm(current())).toBe('answerphone')
      await current().settings.set('realm', 'house.example')
      expect(await readRealm(current())).toBe('house.example')
    })
  })

  describe('bindings', () => {
    const bindingOf = (phone: Phone, change: Partial<PhoneBinding> = {}): PhoneBinding => ({
      phoneId: phone.id,
      contact: 'sip:kitchen@192.0.2.7:5062',
      transport: 'udp',
      address: '192.0.2.7',
      port: 5062,
      localAddress: '192.0.2.1',
      localPort: 5060,
      path: ['<sip:edge@192.0.2.9;lr>', '<sip:[2001:db8::9];lr>'],
      callId: 'a84b4c76e66710',
      cseq: 2 ** 31 - 1,
      q: 0.5,
      expiresAt: NOON + 3_600_000,
      instance: '"<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>"',
      regId: 1,
      userAgent: 'baresip',
      ...change,
    })

    it('come back as they were put, one for each contact of a phone', async () => {
      const { bindings } = current()
      const phone = await addPhone()
      const attic = await addPhone({ name: 'attic' })
      const first = bindingOf(phone)
      const plain = bindingOf(phone, { contact: 'sip:x@192.0.2.8', path: [], instance: null, regId: null })
      for (const each of [first, plain, bindingOf(attic)]) await bindings.put(each)
      await bindings.put({ ...first, expiresAt: NOON + 1, cseq: 7, path: [] })
      const own = (await bindings.list()).filter(({ phoneId }) => phoneId === phone.id)
      expect(own).toEqual([{ ...first, expiresAt: NOON + 1, cseq: 7, path: [] }, plain])
      expect(await bindings.list()).toHaveLength(3)
      expect((await current().phones.list()).map(({ hasRegistered }) => hasRegistered)).toEqual([true, true])
    })

    it('go by contact, by time, and with their phone; and none comes after it', async () => {
      const { bindings, phones } = current()
      const phone = await addPhone()
      const put = (contact: string, expiresAt: number) =>
        bindings.put(bindingOf(phone, { contact, expiresAt }))
      await put('sip:a@192.0.2.7', NOON)
      await put('sip:b@192.0.2.7', NOON + 1)
      await put('sip:c@192.0.2.7', NOON + 2)
      const contacts = async () => (await bindings.list()).map(({ contact }) => contact.charAt(4)).join('')
      await bindings.remove(phone.id, 'sip:c@192.0.2.7')
      expect(await contacts()).toBe('ab')
      await bindings.removeExpired(NOON)
      expect(await contacts()).toBe('b')
      await phones.remove('kitchen')
      expect(await contacts()).toBe('')
      await put('sip:d@192.0.2.7', NOON)
      expect(await contacts()).toBe('')
    })
  })
}
