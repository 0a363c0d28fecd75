/** What stands in a mail, whatever it is about. Empty texts are left out. */
export interface Content {
  /** Above the heading: what this is. */
  readonly kicker: string
  readonly heading: string
  readonly detail: string
  /** The sender's own words, which may have several lines. */
  readonly quote: string
  /** What the caller said, written down. */
  readonly said: string
  readonly rows: readonly (readonly [name: string, value: string])[]
  readonly remark: string
  readonly link: { readonly url: string; readonly name: string } | null | ''
  readonly foot: readonly string[]
}

/** The mail for whoever reads text. */
export function textOf({ kicker, heading, detail, quote, said, rows, remark, link, foot }: Content): string {
  const facts = rows.filter(([, value]) => value !== '')
  const widest = Math.max(0, ...facts.map(([name]) => name.length))
  const parts = [
    kicker,
    [heading, detail].filter(Boolean).join('\n'),
    quote.replace(/^/gm, quote === '' ? '' : '> '),
    said,
    facts.map(([name, value]) => `${`${name}:`.padEnd(widest + 2)}${value}`).join('\n'),
    remark,
    link ? `${link.name}: ${link.url}` : '',
    `-- \n${foot.join('\n')}`,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

/**
 * The same to look at: the machine's case, its smoked glass and its lamp. Tables and inline styles, because that is what
 * mail programs of all ages show; nothing is loaded from elsewhere, so that opening it tells nobody.
 */
export function htmlOf(content: Content, language: string): string {
  const { kicker, heading, detail, quote, said, rows, remark, link, foot } = content
  const facts = rows
    .filter(([, value]) => value !== '')
    .map(
      ([name, value]) => `<tr>
<td class="soft" style="${CELL}color:#625b50;white-space:nowrap;padding-right:20px;">${entities(name)}</td>
<td class="ink" style="${CELL}color:#211e1a;">${lines(value)}</td>
</tr>`,
    )
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${entities(heading)}</title>
<style>
@media (prefers-color-scheme: dark) {
.paper { background: #151311 !important; }
.body { background: #1f1c19 !important; border-color: #332e2a !important; }
.ink { color: #f2ece4 !important; }
.soft { color: #ada396 !important; }
.quote { background: #262220 !important; color: #f2ece4 !important; }
}
</style>
</head>
<body class="paper" style="margin:0;padding:0;background:#e9e5dc;">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background:#e9e5dc;">
<tr><td align="center" style="padding:32px 16px;">
<table role="presentation" class="body" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;background:#f3f0e9;border:1px solid #d9d3c7;border-radius:20px;border-collapse:separate;overflow:hidden;">
<tr><td style="background:#171210;padding:22px 28px;border-radius:19px 19px 0 0;">
<p style="${FONT}margin:0 0 8px;font-size:13px;line-height:18px;color:#ff9a72;"><span style="color:#ff6130;">&#9679;</span>&nbsp; ${entities(kicker)}</p>
<h1 style="${FONT}margin:0;font-size:26px;line-height:32px;font-weight:600;color:#fdf6ef;">${entities(heading)}</h1>
${detail === '' ? '' : `<p style="${FONT}margin:4px 0 0;font-size:15px;line-height:22px;color:#c9bdb0;">${entities(detail)}</p>`}
</td></tr>
<tr><td style="padding:20px 28px 28px;">
${quote === '' ? '' : `<p class="quote" style="${FONT}margin:4px 0 16px;padding:12px 16px;border-left:3px solid #d8481a;border-radius:0 10px 10px 0;background:#faf8f4;font-size:15px;line-height:23px;color:#211e1a;">${lines(quote)}</p>`}
${said === '' ? '' : `<p class="ink" style="${FONT}margin:4px 0 16px;font-size:16px;line-height:25px;color:#211e1a;">${lines(said)}</p>`}
${facts.length === 0 ? '' : `<table role="presentation" cellpadding="0" cellspacing="0">${facts.join('')}</table>`}
${remark === '' ? '' : `<p class="ink" style="${FONT}margin:14px 0 0;font-size:15px;line-height:23px;color:#211e1a;">${entities(remark)}</p>`}
${
  link
    ? `<p style="${FONT}margin:24px 0 0;"><a href="${entities(link.url)}" style="display:inline-block;padding:12px 22px;border-radius:10px;background:#b13a0e;color:#fffaf6;font-size:15px;font-weight:600;text-decoration:none;">${entities(link.name)}</a></p>`
    : ''
}
</td></tr>
</table>
<p class="soft" style="${FONT}margin:18px auto 0;max-width:520px;font-size:12px;line-height:18px;color:#625b50;">${foot.map(entities).join('<br>')}</p>
</td></tr>
</table>
</body>
</html>
`
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Cantarell,'Noto Sans',Helvetica,Arial,sans-serif;"
const CELL = `${FONT}padding:5px 0;font-size:15px;line-height:22px;vertical-align:top;`

const lines = (text: string) => entities(text).replace(/\r\n|\r|\n/g, '<br>')

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const entities = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
