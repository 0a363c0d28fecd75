// Before `npm pack` and `npm publish`: what is installed from the package lies under node_modules, where Node strips no
// types. So the package has the page built and the program compiled, in dist/, as deep as src/ is: what the program
// reads from beside its sources is found from there, too.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bin, ensureBuilt, root, run } from './ensure.mjs'

ensureBuilt()
rmSync(join(root, 'dist'), { recursive: true, force: true })
run(join(bin, 'tsc'), ['-p', 'tsconfig.package.json'], 'compiling the program')
