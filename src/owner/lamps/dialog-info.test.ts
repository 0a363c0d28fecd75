import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dialogWatcher } from '../../../test/helpers/dialog-watcher.ts'
import { readXml } from '../../../test/helpers/read-xml.ts'
import { parseSipUri } from '../../sip/message/uri.ts'
import { describeCall } from './describe-call.ts'
import { type DialogInfo, writeDialogInfo } from './dialog-info.ts'

const domain = parseSipUri('sip:home@192.0.2.2:5070;transport=tcp')
if (!domain) throw new Error('no domain')

const CALL = {
  id: 'call-1',
  line: 'home',
  mailboxId: 'box',
  dialog: { callId: 'a84b4c76e66710@pc33', localTag: 'ours', remoteTag: '1928301774' },
  state: 'early',
  callerNumber: '+493012345',
  callerName: 'Müller & Söhne <"Bau">',
} as const

const written = (change: Partial<DialogInfo> = {}) =>
  writeDialogInfo({ entity: 'sip:home@192.0.2.2', version: 0, state: 'full', dialogs: [], ...change })

describe('a dialog information document (RFC 4235 §4)', () => {
  it('shows who calls, on which line, and what Replaces and Join need', () => {
    const watcher = dialogWatcher()
    const body = written({ dialogs: [describeCall(CALL, domain, '*8')] })
    watcher.take(body.bytes.toString())
    expect(body.contentType).toBe('application/dialog-info+xml')
    expect(watcher.entity).toBe('sip:home@192.0.2.2')
    expect(watcher.dialogs).toEqual([
      {
        id: 'call-1',
        state: 'early',
        callId: 'a84b4c76e66710@pc33',
        localTag: 'ours',
        remoteTag: '1928301774',
        direction: 'recipient',
        remoteName: 'Müller & Söhne <"Bau">',
        remoteUri: 'sip:+493012345@192.0.2.2:5070',
        remoteTarget: 'sip:*8@192.0.2.2:5070',
        localUri: 'sip:home@192.0.2.2:5070',
      },
    ])
  })

  it('names nobody whose number is withheld (RFC 3323 §4.1.1.3)', () => {
    const watcher = dialogWatcher()
    const call = { ...CALL, callerNumber: null, callerName: null }
    watcher.take(written({ dialogs: [describeCall(call, domain, 'anonymous')] }).bytes.toString())
    expect(watcher.dialogs[0]).toMatchObject({
      remoteUri: 'sip:anonymous@anonymous.invalid',
      remoteName: undefined,
    })
  })

  it('shows no call as one that is over, which puts out the lamps of all phones', () => {
    const watcher = dialogWatcher()
    watcher.take(written().bytes.toString())
    expect(watcher.last?.dialogs).toMatchObject([{ state: 'terminated', callId: undefined }])
    expect(watcher.dialogs).toEqual([])
    expect(readXml(written({ state: 'partial' }).bytes.toString()).children).toEqual([])
  })

  it('can be read, whatever a caller calls himself', () => {
    const any = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(any, any, any, any, (callerName, callerNumber, callId, remoteTag) => {
        const dialog = { callId, localTag: 'ours', remoteTag }
        const watcher = dialogWatcher()
        const shown = describeCall({ ...CALL, callerName, callerNumber, dialog }, domain, callerNumber)
        watcher.take(written({ dialogs: [shown] }).bytes.toString())
        expect(watcher.dialogs).toHaveLength(1)
        if (callerNumber !== '') expect(parseSipUri(watcher.dialogs[0]?.remoteUri ?? '')).toBeDefined()
      }),
    )
  })
})
