import type { DialogReference } from '../../sip/endpoint.ts'

/**
 * Whether Replaces or Join names this dialog (RFC 3891 §3, RFC 3911 §4: to-tag is ours, from-tag theirs). Phones that
 * build the header from a dialog-info document disagree about which tag is which, so the other way round counts too; as
 * both tags are unguessable, that lets nobody in who does not know them.
 */
export function isDialog(
  dialog: { readonly callId: string; readonly localTag: string; readonly remoteTag: string | undefined },
  { callId, toTag, fromTag }: Pick<DialogReference, 'callId' | 'toTag' | 'fromTag'>,
): boolean {
  const { localTag, remoteTag = '' } = dialog
  if (dialog.callId !== callId) return false
  return (toTag === localTag && fromTag === remoteTag) || (toTag === remoteTag && fromTag === localTag)
}
