import { collectNumbers } from '../collect-numbers.ts'
import type { ListSource } from '../list-source.ts'
import { readDocument } from '../read-document.ts'

/** What the owner has put there. */
export const fileSource: ListSource = {
  kind: 'file',
  async read({ text, country }) {
    const into = collectNumbers(country)
    readDocument(text, into)
    return { numbers: into.collect(), skipped: into.skipped, marker: {} }
  },
}
