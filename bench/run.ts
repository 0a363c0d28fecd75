/** `npm run bench -- NAME …`: runs one of the benchmarks beside this file; without a name it lists them. */
import { readdirSync } from 'node:fs'
import { basename } from 'node:path'

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== basename(import.meta.filename))
  .map((file) => basename(file, '.ts'))
const [name = ''] = process.argv.splice(2, 1)
if (names.includes(name)) await import(`./${name}.ts`)
else console.log(`npm run bench -- NAME …, where NAME is one of ${names.join(', ')}`)
