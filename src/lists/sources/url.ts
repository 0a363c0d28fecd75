import { collectNumbers } from '../collect-numbers.ts'
import type { ListSource } from '../list-source.ts'
import { readDocument } from '../read-document.ts'

/** A document somewhere, asked for only as far as it has changed (RFC 9110 §13.1). */
export const urlSource: ListSource = {
  kind: 'url',
  async read({ url, token, country, before }, { fetch, reach }) {
    const { etag, lastModified } = before?.marker ?? {}
    const document = await fetch({
      url,
      reach,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(etag !== undefined && { 'if-none-match': etag }),
        ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
      },
    })
    if (document.status === 304) return { numbers: null, skipped: 0, marker: before?.marker ?? {} }
    const into = collectNumbers(country)
    readDocument(document.text, into)
    const { headers } = document
    return {
      numbers: into.collect(),
      skipped: into.skipped,
      marker: {
        ...(headers['etag'] !== undefined && { etag: headers['etag'] }),
        ...(headers['last-modified'] !== undefined && { lastModified: headers['last-modified'] }),
      },
    }
  },
}
