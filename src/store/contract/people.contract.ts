import { describe, expect, it } from 'vitest'
import type { User } from '../model.ts'
import type { Store } from '../store.ts'
import { NOON } from './sample-rows.contract.ts'

const ada: User = { id: 'u1', name: 'ada', role: 'owner', createdAt: NOON }

/** Users, their sessions, and tokens. */
export function describePeople(current: () => Store): void {
  describe('users', () => {
    it('come back with their password’s hash, which changes', async () => {
      const { users } = current()
      await users.add(ada, 'hash')
      expect(await users.byName('ada')).toEqual({ user: ada, passwordHash: 'hash' })
      await users.setPassword('u1', 'other')
      expect(await users.byName('ada')).toMatchObject({ passwordHash: 'other' })
      await users.setRole('u1', 'member')
      expect(await users.get('u1')).toEqual({ ...ada, role: 'member' })
      await users.setRole('u1', ada.role)
      expect(await users.byName('eve')).toBeUndefined()
      expect(await users.get('u1')).toEqual(ada)
      expect(await users.get('ada')).toEqual(ada)
      expect(await users.list()).toEqual([ada])
      await expect(users.add({ ...ada, id: 'u2' }, 'hash')).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
    })
  })

  describe('sessions', () => {
    it('end by logging out, by time, and with their user', async () => {
      const { sessions, users } = current()
      await users.add(ada, 'hash')
      const open = (hash: string, expiresAt: number) =>
        sessions.add({ hash, userId: 'u1', createdAt: NOON, expiresAt })
      for (const [hash, expiresAt] of [
        ['a', 1],
        ['b', 2],
        ['c', 3],
        ['d', 4],
      ] as const)
        await open(hash, NOON + expiresAt)
      expect(await sessions.byHash('a')).toEqual({ userId: 'u1', createdAt: NOON, expiresAt: NOON + 1 })
      await sessions.extend('a', NOON + 9)
      expect((await sessions.byHash('a'))?.expiresAt).toBe(NOON + 9)
      await sessions.extend('a', NOON + 1)
      await sessions.removeExpired(NOON + 1)
      expect(await sessions.byHash('a')).toBeUndefined()
      await sessions.remove('b')
      expect(await sessions.byHash('b')).toBeUndefined()
      expect(await sessions.byHash('c')).toBeDefined()
      await sessions.removeOfUser('u1')
      expect(await sessions.byHash('c')).toBeUndefined()
      await open('e', NOON + 5)
      await users.remove('u1')
      expect(await sessions.byHash('e')).toBeUndefined()
    })
  })

  describe('tokens', () => {
    it('are known by their hash, and go by id or name', async () => {
      const { tokens } = current()
      const token = { id: 't', name: 'script', createdAt: NOON, lastUsedAt: null }
      await tokens.add(token, 'hash')
      await expect(tokens.add({ ...token, id: 'u' }, 'else')).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      expect(await tokens.byHash('hash')).toEqual(token)
      expect(await tokens.byHash('else')).toBeUndefined()
      await tokens.touch('t', NOON + 1)
      expect(await tokens.list()).toEqual([{ ...token, lastUsedAt: NOON + 1 }])
      expect(await tokens.remove('script')).toBe(true)
      expect(await tokens.remove('script')).toBe(false)
    })
  })
}
