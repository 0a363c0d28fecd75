import { escapeXml } from '../../shared/escape-xml.ts'
import type { Body } from '../../sip/endpoint.ts'

/** One of the two sides of a dialog (RFC 4235 §4.1.6). */
export interface Party {
  /** The address of record. */
  readonly uri: string
  readonly displayName?: string
  /** Where to call it. */
  readonly target: string
}

/** A call that came to us, as a watcher sees it (RFC 4235 §4.1.1). */
export interface WatchedDialog {
  /** Unique among those of one document; the same from one to the next. */
  readonly id: string
  /** The tags as our side has them: those of Replaces and Join. */
  readonly dialog: { readonly callId: string; readonly localTag: string; readonly remoteTag: string }
  readonly state: 'trying' | 'early' | 'confirmed' | 'terminated'
  readonly local: Party
  readonly remote: Party
}

/** Something that is no call, but that a key shows like one. Without a Call-ID nobody would pick it up (RFC 4235 §4.1.1). */
export type BareDialog = Pick<WatchedDialog, 'id' | 'state'>

export interface DialogInfo {
  /** The URI that is watched. */
  readonly entity: string
  /** From 0, one more with each document of a subscription (RFC 4235 §4.1). */
  readonly version: number
  /** Full: there are no other dialogs. Partial: the others are as they were. */
  readonly state: 'full' | 'partial'
  readonly dialogs: readonly (WatchedDialog | BareDialog)[]
}

export const DIALOG_INFO_TYPE = 'application/dialog-info+xml'

/** A dialog information document (RFC 4235 §4). Its elements stand in the order of the schema (§4.4). */
export function writeDialogInfo({ entity, version, state, dialogs }: DialogInfo): Body {
  const attributes = `version="${version}" state="${state}" entity="${escapeXml(entity)}"`
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" ${attributes}>`,
    ...(state === 'full' && dialogs.length === 0 ? writeDialog(IDLE) : dialogs.flatMap(writeDialog)),
    '</dialog-info>',
  ]
  return { contentType: DIALOG_INFO_TYPE, bytes: Buffer.from(`${lines.join('\r\n')}\r\n`) }
}

/**
 * No dialog at all is told as one that is over: some phones (Linksys, Cisco SPA) leave a lamp as it was when a document
 * is empty, and those that don't understand as much from Asterisk already.
 */
const IDLE: BareDialog = { id: 'idle', state: 'terminated' }

function writeDialog(shown: WatchedDialog | BareDialog): string[] {
  const { id, state } = shown
  if (!('dialog' in shown)) return [`<dialog id="${escapeXml(id)}"><state>${state}</state></dialog>`]
  const { dialog, local, remote } = shown
  const tags = `local-tag="${escapeXml(dialog.localTag)}" remote-tag="${escapeXml(dialog.remoteTag)}"`
  return [
    `<dialog id="${escapeXml(id)}" call-id="${escapeXml(dialog.callId)}" ${tags} direction="recipient">`,
    `<state>${state}</state>`,
    `<local>${writeParty(local)}</local>`,
    `<remote>${writeParty(remote)}</remote>`,
    '</dialog>',
  ]
}

function writeParty({ uri, displayName, target }: Party): string {
  const display = displayName === undefined ? '' : ` display="${escapeXml(displayName)}"`
  return `<identity${display}>${escapeXml(uri)}</identity><target uri="${escapeXml(target)}"/>`
}
