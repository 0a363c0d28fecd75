import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite'

const ENTRY = 'index'
const WORKER = join(import.meta.dirname, '..', 'worker', 'worker.ts')

/** Builds the service worker as one script, `worker.js`, which knows every file that the page is made of. */
export function offlineWorker(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'offline-worker',
    apply: 'build',
    // After the HTML is made.
    enforce: 'post',
    configResolved(resolved) {
      config = resolved
    },
    async generateBundle(_options, bundle) {
      const html = bundle['index.html']
      if (html?.type !== 'asset') throw new Error('the page has no index.html')
      const open = publicFiles(config.publicDir)
      const files = ['/', ...open.map(({ path }) => path), ...filesOf(bundle).map((name) => `/${name}`)]
      const version = createHash('sha256').update(JSON.stringify(files)).update(html.source)
      for (const { bytes } of open) version.update(bytes)
      const shell = { version: version.digest('hex').slice(0, 12), files }
      this.emitFile({ type: 'asset', fileName: 'worker.js', source: await buildWorker(config, shell) })
    },
  }
}

async function buildWorker({ build: { target, minify } }: ResolvedConfig, shell: object): Promise<string> {
  const made = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { SHELL: JSON.stringify(shell) },
    build: {
      write: false,
      target,
      minify,
      modulePreload: false,
      rolldownOptions: { input: WORKER, output: { format: 'iife', entryFileNames: 'worker.js' } },
    },
  })
  if (!('output' in made)) throw new Error('the service worker is more than one script')
  return made.output[0].code
}

/** The scripts, styles and sounds of the page, its lazy parts included; not what only a test call by a link loads. */
function filesOf(bundle: Rolldown.OutputBundle): readonly string[] {
  const found = new Set<string>()
  const add = (name: string) => {
    const file = bundle[name]
    if (!file || found.has(name)) return
    found.add(name)
    if (file.type !== 'chunk') return
    const { importedCss = [], importedAssets = [] } = file.viteMetadata ?? {}
    for (const other of [...file.imports, ...file.dynamicImports, ...importedCss, ...importedAssets])
      add(other)
  }
  for (const file of Object.values(bundle))
    if (file.type === 'chunk' && file.isEntry && file.name === ENTRY) add(file.fileName)
  return [...found].sort()
}

function publicFiles(folder: string) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((file) => ({ path: file.slice(folder.length).replaceAll('\\', '/'), bytes: readFileSync(file) }))
}
