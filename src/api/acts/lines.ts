import { isIP } from 'node:net'
import { isAddressBlock } from '../../shared/address-block.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Line } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { LineChange, LineInput, Line as LineView } from '../contract.ts'
import { readNames } from '../views/names.ts'
import { showLine } from '../views/settings.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'
import { checkCountry } from './house.ts'
import { changeAccount } from './line-account.ts'
import { changeCallOut } from './line-call-out.ts'
import { makeMailbox, needMailbox } from './mailboxes.ts'
import { noteChange } from './note-change.ts'

/** What the API and the command line do to lines, alike. */

export type LineTools = AuditTools & {
  readonly store: Pick<Store, 'audit' | 'lines' | 'mailboxes' | 'greetings' | 'settings'>
}
type ShownLines = Pick<Store, 'lines' | 'mailboxes' | 'registrations'>

const DEFAULT_RING_SECONDS = 18

/** Adds a line; without a mailbox it gets the one of its own name, made if it is missing. */
export async function addLine(tools: LineTools, input: LineInput): Promise<Line> {
  const { store } = tools
  const trunk = checkTrunk(input.trunk ?? [])
  const account = changeAccount(null, input.account)
  needSource({ trunk, account })
  if (await store.lines.get(input.name))
    throw new AnswerphoneError('AP_NAME_TAKEN', { kind: 'line', name: input.name })
  const found =
    input.mailbox === undefined
      ? await store.mailboxes.get(input.name)
      : await needMailbox(store, input.mailbox)
  const mailbox = found ?? (await makeMailbox(store, { name: input.name }, input.country))
  try {
    const line = await store.lines.add({
      name: input.name,
      number: input.number ?? null,
      trunk,
      mailboxId: mailbox.id,
      ringSeconds: input.ringSeconds ?? DEFAULT_RING_SECONDS,
      callBack: checkCallBack(input.callBack ?? null),
      ...defined({
        srtp: input.srtp,
        internal: input.internal,
        internalDigits: input.internalDigits,
        trustVerstat: input.trustVerstat,
        tollSaverSeconds: input.tollSaverSeconds,
      }),
      country: checkCountry(input.country ?? null),
      areaCode: input.areaCode ?? null,
      callOut: changeCallOut(null, input.callOut),
      account,
    })
    await note(tools, 'line-changed', { detail: `${line.name}: added` })
    return line
  } catch (error) {
    if (!found) await store.mailboxes.remove(mailbox.id)
    throw error
  }
}

export async function changeLine(tools: LineTools, key: string, change: LineChange): Promise<Line> {
  const { store } = tools
  const { mailbox, trunk, callBack, callOut, account, country, ...rest } = change
  const before = await needLine(store, key)
  const source = {
    trunk: trunk === undefined ? before.trunk : checkTrunk(trunk),
    account: changeAccount(before.account, account),
  }
  if (trunk !== undefined || account !== undefined) needSource(source)
  const after = await store.lines.set(before.id, {
    ...defined(rest),
    ...source,
    ...(country === undefined ? {} : { country: checkCountry(country) }),
    ...(callBack === undefined ? {} : { callBack: checkCallBack(callBack) }),
    ...(callOut === undefined ? {} : { callOut: changeCallOut(before.callOut, callOut) }),
    ...(mailbox === undefined ? {} : { mailboxId: (await needMailbox(store, mailbox)).id }),
  })
  await noteChange(tools, 'line-changed', before.name, { before, after })
  return after
}

/** Removes a line; its mailbox and messages stay. Rejects with AP_NOT_FOUND. */
export async function removeLine(
  tools: AuditTools & { readonly store: Pick<Store, 'audit' | 'lines'> },
  key: string,
): Promise<void> {
  const { id, name } = await needLine(tools.store, key)
  await tools.store.lines.remove(id)
  await note(tools, 'line-changed', { detail: `${name}: removed` })
}

export async function needLine(store: Pick<Store, 'lines'>, key: string): Promise<Line> {
  const line = await store.lines.get(key)
  if (!line) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'line', id: key })
  return line
}

/** All lines as they are shown, or the one. Rejects with AP_NOT_FOUND. */
export async function viewLines(store: ShownLines): Promise<LineView[]> {
  return showAll(store, await store.lines.list())
}

export async function viewLine(store: ShownLines, line: Line): Promise<LineView> {
  const [view] = await showAll(store, [line])
  return view as LineView
}

async function showAll(store: ShownLines, lines: readonly Line[]): Promise<LineView[]> {
  const [names, registrations] = await Promise.all([readNames(store), store.registrations.list()])
  return lines.map((line) => showLine(line, names, registrations))
}

/** A line to which nobody may call is a mistake. */
function needSource({ trunk, account }: Pick<Line, 'trunk' | 'account'>): void {
  if (trunk.length > 0 || account) return
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: 'Say where calls come from: an address with --trunk, or an account with --registrar, --user and --password-stdin.',
  })
}

/** Calls out cost money: where they go is an address, which no name server can move. */
function checkCallBack(uri: string | null): string | null {
  if (uri === null) return null
  const [, v6, v4] =
    /^sip:(?:\[([0-9a-f:.]+)\]|([\d.]+))(?::\d{1,5})?(?:;transport=(?:udp|tcp))?$/i.exec(uri) ?? []
  if (isIP(v6 ?? v4 ?? '') !== 0) return uri
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `call-back: "${uri}" is no SIP address to call through. Write it like sip:192.0.2.7, sip:192.0.2.7:5060;transport=tcp or sip:[2001:db8::7].`,
  })
}

/** The trunk's blocks as they are kept: 192.0.2.7 alone is a block of one. */
function checkTrunk(blocks: readonly string[]): string[] {
  const wrong = blocks.find((block) => !isAddressBlock(block))
  if (wrong === undefined) return [...new Set(blocks)]
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `trunk: "${wrong}" is no IP address or CIDR block. Write it like 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32.`,
  })
}
