// `npm run fuzz`: fuzzers for everything that takes bytes from the network, guided by what they reach.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { watchCoverage } from './coverage.ts'
import { fuzz } from './fuzz.ts'
import { targets } from './targets.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    target: { type: 'string', multiple: true, default: targets.map(({ name }) => name) },
  },
})
const chosen = targets.filter(({ name }) => values.target.includes(name))
const perTargetMs = (Number(values.minutes) * 60_000) / chosen.length
const seed = Number(values.seed)
if (chosen.length === 0 || !(perTargetMs > 0) || !(seed > 0)) {
  console.error(
    `usage: npm run fuzz -- [--minutes 10] [--seed 7] [--target ${targets.map(({ name }) => name).join('|')}]…`,
  )
  process.exit(2)
}

console.log(
  `seed ${seed}, ${Math.round(perTargetMs / 1000)} s for each of ${chosen.map(({ name }) => name).join(', ')}`,
)
for (const target of chosen) {
  await using coverage = await watchCoverage()
  const until = performance.now() + perTargetMs
  const result = await fuzz(target, { seed, coverage, isOver: () => performance.now() > until })
  const { inputs, corpus, slowest, finding } = result
  const kept = corpus - target.seeds.length
  console.log(
    `${target.name}: ${inputs} inputs, ${kept} reached something new, the slowest took ${slowest.ms.toFixed(1)} ms (${slowest.input.length} bytes)`,
  )
  if (!finding) continue
  process.exitCode = 1
  console.log(finding.error)
  const folder = join(import.meta.dirname, 'found', target.name)
  mkdirSync(folder, { recursive: true })
  finding.inputs.forEach((input, index) => {
    writeFileSync(join(folder, `${seed}-${index}`), input)
  })
  console.log(
    `${finding.inputs.length} inputs are in ${folder}; they are tried first in every test from now on`,
  )
}
