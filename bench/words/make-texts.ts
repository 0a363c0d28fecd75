/** Texts as people's words are spread: the n-th word of the vocabulary comes 1/n as often as the first (Zipf). */
export interface Texts {
  at(index: number): string
  /** Words that every other text has, and 1 in 100. */
  readonly common: readonly [string, string, ...string[]]
  readonly middling: readonly [string, string]
  /** One that a few texts have. */
  rare(index: number): string
}

const VOCABULARY = 20_000
const WORDS = 60
const SYLLABLES = ['ba', 'de', 'ki', 'lo', 'mu', 'na', 'pe', 'ri', 'so', 'tu', 'wa', 'ze', 'fi', 'go', 'hu']

/** Words of two to four syllables, all of them different. */
function wordAt(rank: number): string {
  let word = ''
  for (let rest = rank + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length]
  return word
}

export function makeTexts(): Texts {
  const sums = new Float64Array(VOCABULARY)
  let sum = 0
  for (let rank = 0; rank < VOCABULARY; rank++) sums[rank] = sum += 1 / (rank + 1)
  let seed = 1
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  const draw = () => {
    const place = random() * sum
    let [low, high] = [0, VOCABULARY - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < place) low = middle + 1
      else high = middle
    }
    return wordAt(low)
  }
  return {
    at(index) {
      const words = Array.from({ length: WORDS }, draw)
      if (index === 77) words.push('plumber')
      return words.join(' ')
    },
    common: [wordAt(5), wordAt(6), wordAt(7), wordAt(8), wordAt(9)],
    middling: [wordAt(570), wordAt(600)],
    rare: (index) => wordAt(12_000 + index * 17),
  }
}
