import { expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'

type Leaf = readonly [path: string, text: unknown]

function leaves(branch: object, path = ''): Leaf[] {
  return Object.entries(branch).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? leaves(value, `${path}${key}.`)
      : [[`${path}${key}`, value] as const],
  )
}

it('says something for every key in every language', () => {
  for (const words of [en, de]) expect(leaves(words).filter(([, text]) => text === '')).toEqual([])
})

it('is translated, but for what is the same in both', () => {
  const english = new Map(leaves(en))
  const same = leaves(de).filter(([path, text]) => typeof text === 'string' && english.get(path) === text)
  expect(same.map(([path]) => path).sort()).toEqual([
    'login.name',
    'menu.themes.auto',
    'messages.junkReasons.fax',
    'messages.mailbox',
    'name',
  ])
})
