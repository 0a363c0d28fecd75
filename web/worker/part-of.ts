/**
 * Answers a request for a part of what is kept whole, as a server would (RFC 9110 §14): Cache Storage takes no 206, and
 * players of some browsers play nothing but parts. One range of bytes; anything else gets the whole.
 *
 * @param range the value of Range
 */
export async function partOf(whole: Response, range: string | null): Promise<Response> {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return whole
  const bytes = await whole.blob()
  const { size } = bytes
  // "-500" are the last 500.
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  const headers = new Headers(whole.headers)
  headers.set('accept-ranges', 'bytes')
  if (from >= size || to < from) {
    headers.set('content-range', `bytes */${size}`)
    return new Response(null, { status: 416, headers })
  }
  headers.set('content-range', `bytes ${from}-${to}/${size}`)
  headers.set('content-length', String(to - from + 1))
  return new Response(bytes.slice(from, to + 1), { status: 206, headers })
}
