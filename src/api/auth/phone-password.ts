import type { Random } from '../../shared/random.ts'

/** What is told apart on paper and typed on a phone's keys: neither i, l, o, 0, 1 nor capitals. */
const READABLE = '23456789abcdefghjkmnpqrstuvwxyz'
const GROUPS = 4
const GROUP_LENGTH = 4
/** Bytes from here on would favour the first characters. */
const FAIR_BYTES = 256 - (256 % READABLE.length)

/** Makes a phone's password: four groups of four readable characters, 79 bits. */
export function makePhonePassword(random: Random): string {
  const groups: string[] = []
  while (groups.length < GROUPS) {
    let group = ''
    while (group.length < GROUP_LENGTH) {
      const [byte = FAIR_BYTES] = random.bytes(1)
      if (byte < FAIR_BYTES) group += READABLE[byte % READABLE.length]
    }
    groups.push(group)
  }
  return groups.join('-')
}
