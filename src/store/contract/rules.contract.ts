import { describe, expect, it } from 'vitest'
import type { Rule } from '../model.ts'
import type { Store } from '../store.ts'

const QUIET: Omit<Rule, 'id'> = {
  name: 'quiet',
  enabled: true,
  when: [
    { kind: 'who', not: true, are: ['favourite'] },
    { kind: 'hours', not: false, spans: [{ days: ['mon', 'sun'], from: '22:00', to: '07:00' }] },
  ],
  action: { kind: 'take', phones: [], greeting: null, junk: true, label: 'Ö' },
}

export function describeRules(current: () => Store): void {
  describe('rules', () => {
    const names = async () => (await current().rules.list()).map(({ name }) => name).join(' ')
    const add = (name: string) => current().rules.add({ ...QUIET, name })

    it('come back as they were put, by id and by name, and change', async () => {
      const { rules } = current()
      const rule = await rules.add(QUIET)
      expect(rule).toEqual({ ...QUIET, id: rule.id })
      expect(await rules.get(rule.id)).toEqual(rule)
      expect(await rules.get('quiet')).toEqual(rule)
      const change = { enabled: false, when: [], action: { kind: 'refuse', as: 'busy' } } as const
      expect(await rules.set('quiet', change)).toEqual({ ...rule, ...change })
      expect(await rules.list()).toEqual([{ ...rule, ...change }])
      expect(await rules.remove('quiet')).toMatchObject({ id: rule.id })
      expect(await rules.get(rule.id)).toBeUndefined()
    })

    it('are in an order, in which new ones come last, and which can be changed', async () => {
      const { rules } = current()
      for (const name of ['a', 'b', 'c', 'd']) await add(name)
      expect(await names()).toBe('a b c d')
      await rules.move('d', 0)
      expect(await names()).toBe('d a b c')
      await rules.move('d', 2)
      expect(await names()).toBe('a b d c')
      await rules.move('a', 99)
      expect(await names()).toBe('b d c a')
      await rules.remove('d')
      await rules.set('c', { enabled: false })
      await add('e')
      expect(await names()).toBe('b c a e')
    })

    it('refuse a name that is taken, and a rule that there is not', async () => {
      const { rules } = current()
      await add('a')
      await add('b')
      await expect(add('a')).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      await expect(rules.set('b', { name: 'a' })).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      for (const act of [() => rules.set('x', {}), () => rules.move('x', 0), () => rules.remove('x')])
        await expect(act()).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
    })
  })
}
