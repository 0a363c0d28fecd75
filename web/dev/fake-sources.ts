import type { ContactSource, ContactSourceInput } from '../../src/api/contract.ts'
import { type Answer, type Ask, done, refuse } from './fake-routes.ts'

/** Accounts as a household has them: one that is well, and one whose password is not right any more. */
export function sampleSources(ago: (ms: number) => string): ContactSource[] {
  const source = (id: string, name: string, change: Partial<ContactSource>): ContactSource => ({
    ...{ id, name, url: `https://${name}`, user: 'ada', books: null, intervalMinutes: 60, found: [] },
    ...{ contacts: 0, withoutNumber: 0, leftOut: [], syncing: false, problem: null },
    ...{ lastReadAt: ago(1.2e6), nextAt: ago(-2.4e6) },
    ...change,
  })
  return [
    source('s1', 'cloud.example.org', {
      found: ['Family', 'Work'].map((name) => ({ name, url: `https://cloud.example.org/${name}/` })),
      ...{ contacts: 212, withoutNumber: 17, leftOut: [{ name: 'Mother', numbers: ['+44 20 7946 0311'] }] },
    }),
    source('s2', 'office', {
      url: 'https://dav.example.com',
      contacts: 48,
      problem: {
        code: 'AP_CARDDAV_LOGIN_REFUSED',
        message:
          'The CardDAV server refuses the login: dav.example.com answers 401. Check user and password; many services want a password for apps.',
      },
    }),
  ]
}

let lastId = 0

/** Answers what is about accounts; undefined when it is about something else. */
export function answerSources(
  settings: { contactSources: ContactSource[] },
  ask: Ask,
  route: string,
): Answer | undefined {
  const [, id = ''] = ask.path.slice(1).split('/')
  const found = settings.contactSources.find((source) => source.id === id)
  switch (route) {
    case 'GET contact-sources':
      return { status: 200, json: settings.contactSources }
    case 'POST contact-sources': {
      const { password: _, intervalMinutes = 60, ...input } = ask.body as unknown as ContactSourceInput
      const [like] = sampleSources(() => new Date().toISOString())
      if (!like) return undefined
      const source = {
        ...like,
        ...input,
        intervalMinutes,
        id: `s-new${++lastId}`,
        books: null,
        contacts: 3,
        leftOut: [],
      }
      settings.contactSources = [...settings.contactSources, source]
      return { status: 201, json: source }
    }
  }
  if (!/ contact-sources\/:id(\/sync)?$/.test(route)) return undefined
  if (!found) return refuse(404, 'AP_NOT_FOUND', 'There is no such account.')
  if (ask.method === 'DELETE') {
    settings.contactSources = settings.contactSources.filter((source) => source !== found)
    return done
  }
  const { password: _, ...change } = ask.body as Partial<ContactSource> & { password?: string }
  const source = { ...found, ...change, problem: null }
  settings.contactSources = settings.contactSources.map((each) => (each === found ? source : each))
  return { status: 200, json: source }
}
