import type { Random } from '../../shared/random.ts'
import type { SrvRecord } from './name-records.ts'

/**
 * Servers in the order in which to try them: the lowest priority first, and by chance among equals, the heavier the
 * sooner (RFC 2782). A single record that names the root says that there is no such service.
 */
export function inOrder(records: readonly SrvRecord[], random: Random): SrvRecord[] {
  const left = records.filter(({ name }) => name !== '' && name !== '.')
  const ordered: SrvRecord[] = []
  while (left.length > 0) {
    const best = Math.min(...left.map(({ priority }) => priority))
    // Those without a weight come first, so that they have their small chance, too.
    const equals = left.filter(({ priority }) => priority === best).sort((a, b) => a.weight - b.weight)
    const chosen = draw(equals, random)
    ordered.push(chosen)
    left.splice(left.indexOf(chosen), 1)
  }
  return ordered
}

function draw(equals: readonly SrvRecord[], random: Random): SrvRecord {
  const total = equals.reduce((sum, { weight }) => sum + weight, 0)
  let left = Math.floor(random.fraction() * (total + 1))
  for (const record of equals) {
    left -= record.weight
    if (left <= 0) return record
  }
  throw new Error('no record to draw')
}
