import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { emptyShell } from './empty-shell.ts'

/** A house as a file declares it; its secrets stand beside it. */
export const HOUSE = `
mailboxes:
  home: { longestSeconds: 120, pinFile: pin }
lines:
  office:
    ringSeconds: 25
    number: "+4930123"
    mailbox: home
    account: { registrar: SIP.example.com, user: "030", passwordFile: secret }
phones:
  kitchen: { mailboxes: [home], password: long-enough }
contacts:
  Mum: { numbers: ["030 1234"], favourite: true }
contactSources:
  cloud: { url: "https://dav.example/", user: ada, password: not-shown, books: [Family] }
numberLists:
  spam: { kind: phoneblock, tokenFile: token }
rules:
  - name: Listed
    when: [{ kind: listed, lists: [spam] }]
    action: { kind: take, junk: true }
  - name: Mum at once
    when: [{ kind: people, contacts: [Mum] }, { kind: line, lines: [office] }]
    action: { kind: take, phones: [kitchen], ringSeconds: 5 }
  - name: Nobody else
    action: { kind: take, phones: [] }
targets:
  hall: { kind: webhook, url: "http://127.0.0.1:9000/" }
`

/** A shell in which files are applied. */
export function applyingShell() {
  const shell = emptyShell()
  const write = (text: string, name = 'house.yaml') => {
    const file = join(shell.folder, name)
    writeFileSync(file, text)
    return file
  }
  return {
    ...shell,
    get folder() {
      return shell.folder
    },
    /** Writes a file beside the others; its path. */
    write,
    apply: async (text: string, ...flags: string[]) => shell.run('apply', write(text), ...flags),
    /** Writes the secrets of HOUSE. */
    secrets() {
      write('geheim\n', 'secret')
      write('123456\n', 'pin')
      write('pbt_1\n', 'token')
    },
  }
}
