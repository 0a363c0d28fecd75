/** An element of a document: what a test wants to know of it. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** The text directly in it. */
  readonly text: string
}

const NAME = /[A-Za-z_][\w.-]*/y
const DECLARATION = /<\?xml version="1\.0"(?: encoding="UTF-8")?\?>/y
const SPACE = /[ \t\r\n]*/y
/** XML 1.0 §2.2. */
const CHAR = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Reads an XML 1.0 document strictly: what a conforming processor would refuse throws. It knows elements, attributes,
 * text and references, and nothing more, because nothing more is written here.
 */
export function readXml(text: string): XmlElement {
  let at = 0
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: …${text.slice(at, at + 40)}`)
  }
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const [found] = pattern.exec(text) ?? []
    at += found?.length ?? 0
    return found
  }
  const expect = (literal: string): void => {
    if (!text.startsWith(literal, at)) fail(`no ${literal}`)
    at += literal.length
  }

  function element(): XmlElement {
    expect('<')
    const name = take(NAME) ?? fail('no name')
    const attributes: Record<string, string> = {}
    while (take(SPACE) && text[at] !== '>' && text[at] !== '/') {
      const key = take(NAME) ?? fail('no attribute')
      if (Object.hasOwn(attributes, key)) fail(`a second ${key}`)
      expect('="')
      attributes[key] = resolve(take(/[^"<]*/y) ?? '', true)
      expect('"')
    }
    if (text.startsWith('/>', at)) {
      at += 2
      return { name, attributes, children: [], text: '' }
    }
    expect('>')
    const children: XmlElement[] = []
    let content = ''
    for (;;) {
      content += resolve(take(/[^<]*/y) ?? '', false)
      if (text.startsWith('</', at)) break
      children.push(element())
    }
    expect(`</${name}`)
    take(SPACE)
    expect('>')
    return { name, attributes, children, text: content }
  }

  /** References resolved; raw white space in an attribute is normalized away (XML 1.0 §3.3.3). */
  function resolve(raw: string, attribute: boolean): string {
    if (raw.includes(']]>')) fail(']]> in text')
    const normal = attribute ? raw.replace(/[\t\r\n]/g, ' ') : raw.replace(/\r\n?/g, '\n')
    return normal.replace(/&([^;]*);?/g, (whole, reference: string) => {
      const code = /^#(?:(\d+)|x([0-9a-fA-F]+))$/.exec(reference)
      if (!whole.endsWith(';')) return fail('a bare &')
      if (!code) return ENTITIES[reference] ?? fail(`unknown ${whole}`)
      const char = String.fromCodePoint(code[1] ? Number(code[1]) : Number.parseInt(code[2] ?? '', 16))
      return CHAR.test(char) ? char : fail(`${whole} is no character`)
    })
  }

  if (!CHAR.test(text)) fail('a character that XML does not have')
  take(DECLARATION)
  take(SPACE)
  const root = element()
  take(SPACE)
  if (at !== text.length) fail('something behind the root')
  return root
}
