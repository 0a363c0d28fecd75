/** Content-Disposition to save under a name (RFC 6266): in ASCII for the old, in UTF-8 (RFC 8187) for all others. */
export function saveAs(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
