import { HOUSE, type House, KINDS, withoutSecrets } from './house.ts'

const HEAD = ` What is set up on this machine, without its secrets: \`answerphone apply\` changes nothing until you change this.
 Passwords, PINs and secrets that are left out stay as they are. Give them by passwordFile: PATH or passwordEnv: NAME.`

/** What is set up as a file that can be applied. */
export async function writeHouse(house: House): Promise<string> {
  const { Document } = await import('yaml')
  const shown = withoutSecrets(house)
  const sections = KINDS.filter((kind) => shown[kind].size > 0).map((kind) => {
    const things = [...shown[kind]]
    if (kind === 'house') return [kind, shown[kind].get(HOUSE)]
    return [
      kind,
      kind === 'rules' ? things.map(([name, fields]) => ({ name, ...fields })) : Object.fromEntries(things),
    ]
  })
  const document = new Document(Object.fromEntries(sections), { aliasDuplicateObjects: false })
  document.commentBefore = HEAD
  return document.toString({ lineWidth: 0 })
}
