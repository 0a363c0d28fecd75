// Before `npm pack` and `npm publish`: what is installed from the package lies under node_modules, where Node strips no
// types. So the package has the page built and the program compiled, in dist/, as deep as src/ is: what the program
// reads from beside its sources is found from there, too.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './ensure.mjs'

const root = join(import.meta.dirname, '..')

ensureBuilt()
rmSync(join(root, 'dist'), { recursive: true, force: true })
const tsc = join(root, 'node_modules', '.bin', 'tsc')
const { status } = spawnSync(tsc, ['-p', 'tsconfig.package.json'], { cwd: root, stdio: ['ignore', 2, 2] })
process.exit(status ?? 1)
