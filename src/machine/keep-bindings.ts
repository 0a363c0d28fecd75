import type { BindingStore } from '../owner/registrar/registrar.ts'
import type { Store } from '../store/store.ts'

/** The registrar's bindings in the store, whose rows name phones by id. */
export function keepBindings({ phones, bindings }: Pick<Store, 'phones' | 'bindings'>): BindingStore {
  const idOf = async (name: string) => (await phones.get(name))?.id

  return {
    async load() {
      const names = new Map((await phones.list()).map(({ id, name }) => [id, name]))
      return (await bindings.list()).flatMap(({ phoneId, ...binding }) => {
        const phone = names.get(phoneId)
        return phone === undefined ? [] : [{ ...binding, phone }]
      })
    },
    async save({ phone, ...binding }) {
      const phoneId = await idOf(phone)
      if (phoneId !== undefined) await bindings.put({ ...binding, phoneId })
    },
    async remove(phone, contact) {
      const phoneId = await idOf(phone)
      if (phoneId !== undefined) await bindings.remove(phoneId, contact)
    },
  }
}
