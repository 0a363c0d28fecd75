/** Reads pages until `most` rows are there or none is left. The API gives at most 200 at a time. */
export async function collectPages<Row>(
  most: number,
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<{
    readonly rows: readonly Row[]
    readonly nextCursor: string | null
  }>,
): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | null | undefined
  while (rows.length < most && cursor !== null) {
    const limit = Math.min(200, most - rows.length)
    const page = await read(cursor === undefined ? { limit } : { limit, cursor })
    rows.push(...page.rows)
    cursor = page.nextCursor
  }
  return rows
}
