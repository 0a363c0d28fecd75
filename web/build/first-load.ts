import { join } from 'node:path'
import type { Rolldown } from 'vite'

type Modules = Pick<Rolldown.PluginContext, 'getModuleInfo'>

const PAGE = join(import.meta.dirname, '..', 'src', 'main.tsx')
const TRY = join(import.meta.dirname, '..', 'src', 'try', 'main.tsx')

/**
 * What the page needs at once is one file, and what a test call by a link needs of it another, which comes first: a
 * group takes with it all that its modules import. Left to itself the bundler writes a file for every set of parts
 * that share a module: 30 of them, most too short to compress well. The page's entry stays out: it waits for words,
 * and a lazy part that imported from it would wait for itself.
 */
export const firstLoad = [
  groupOf('shared', (modules) => {
    const page = reach(PAGE, modules)
    return reach(TRY, modules, { lazily: true }).intersection(page)
  }),
  groupOf('first', (modules) => reach(PAGE, modules).difference(new Set([PAGE]))),
]

function groupOf(group: string, find: (modules: Modules) => ReadonlySet<string>) {
  let found: ReadonlySet<string> | undefined
  return {
    debugName: group,
    name(id: string, modules: Modules) {
      found ??= find(modules)
      return found.has(id) ? group : null
    },
  }
}

/** The modules that one imports, over others, too. `lazily`: also those that it asks for later. */
function reach(entry: string, modules: Modules, { lazily = false } = {}): ReadonlySet<string> {
  const found = new Set([entry])
  for (const id of found) {
    const { importedIds = [], dynamicallyImportedIds = [] } = modules.getModuleInfo(id) ?? {}
    for (const other of lazily ? [...importedIds, ...dynamicallyImportedIds] : importedIds) found.add(other)
  }
  return found
}
