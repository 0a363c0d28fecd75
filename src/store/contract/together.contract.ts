import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { NOON } from './sample-rows.contract.ts'

/** What is written together, or not at all. */
export function describeTogether(current: () => Store): void {
  const block = (number: string) => ({ number, name: null, at: NOON, by: 'console' })
  const blocked = async () => (await current().blocked.list()).map(({ number }) => number)

  describe('what is written together', () => {
    it('is all there, and was seen while it was written', async () => {
      const said = await current().together(async ({ blocked, settings }) => {
        await blocked.add(block('1'))
        await settings.set('key', 'value')
        return { blocked: await blocked.list(), value: await settings.get('key') }
      })
      expect(said).toMatchObject({ blocked: [{ number: '1' }], value: 'value' })
      expect(await blocked()).toEqual(['1'])
      expect(await current().settings.get('key')).toBe('value')
    })

    it('is gone where it is given up in the middle, and what others write is not', async () => {
      const others: Promise<void>[] = []
      const given = current().together(async (tables) => {
        await tables.blocked.add(block('1'))
        others.push(current().blocked.add(block('2')))
        await tables.settings.set('key', 'value')
        throw new Error('given up')
      })
      await expect(given).rejects.toThrow('given up')
      await Promise.all(others)
      expect(await blocked()).toEqual(['2'])
      expect(await current().settings.get('key')).toBeNull()
    })

    it('is gone where one statement failed, though it went on', async () => {
      const phone = { mailboxIds: [], speaker: false, speakerGainDb: 0, createdAt: NOON, name: 'kitchen' }
      const hashes = { 'SHA-256': 'a', MD5: 'b' }
      const written = current().together(async ({ phones, settings }) => {
        await phones.add(phone, hashes)
        await phones.add(phone, hashes).catch(() => undefined)
        await settings.set('key', 'value').catch(() => undefined)
      })
      await expect(written).rejects.toThrow()
      expect(await current().phones.list()).toEqual([])
      expect(await current().settings.get('key')).toBeNull()
      await current().phones.add(phone, hashes)
    })

    it('is told of once it is there', async () => {
      const heard: ReadonlySet<string>[] = []
      const { promise, resolve } = Promise.withResolvers<void>()
      const listening = Promise.withResolvers<void>()
      const unsubscribe = current().onChange((what) => {
        if (what.has('blocked')) listening.resolve()
        // PostgreSQL has just begun to listen, and may have missed it.
        else if (what.size === 0) void current().blocked.add(block('0'))
        heard.push(what)
        if (what.has('settings')) resolve()
      })
      await current().blocked.add(block('9'))
      await listening.promise
      await current().together(async ({ settings }) => {
        await settings.set('key', 'value')
        await settings.get('key')
        expect(heard.some((what) => what.has('settings'))).toBe(false)
      })
      await promise
      unsubscribe()
    })
  })
}
