import { expect } from 'vitest'
import { readXml, type XmlElement } from './read-xml.ts'

/** A dialog as a watcher knows it. */
export interface KnownDialog {
  readonly id: string
  readonly state: string
  readonly callId: string | undefined
  readonly localTag: string | undefined
  readonly remoteTag: string | undefined
  readonly direction: string | undefined
  readonly remoteName: string | undefined
  readonly remoteUri: string | undefined
  readonly remoteTarget: string | undefined
  readonly localUri: string | undefined
}

/** A phone that watches dialogs, strictly after RFC 4235 §4.3. */
export interface DialogWatcher {
  /** Takes a document in; throws when it can't be read or does not follow the one before. */
  take(document: string): void
  /** Those that are not over. */
  readonly dialogs: readonly KnownDialog[]
  /** The newest document alone: what phones show that take each one for the whole. */
  readonly last: { readonly scope: string; readonly dialogs: readonly KnownDialog[] } | undefined
  readonly entity: string | undefined
  /** Of the newest document; -1 before the first. */
  readonly version: number
}

export function dialogWatcher(): DialogWatcher {
  const table = new Map<string, KnownDialog>()
  const watcher = {
    version: -1,
    entity: undefined as string | undefined,
    last: undefined as DialogWatcher['last'],
    get dialogs() {
      return [...table.values()]
    },
    take(document: string) {
      const root = readXml(document)
      expect(root.name).toBe('dialog-info')
      expect(root.attributes['xmlns']).toBe('urn:ietf:params:xml:ns:dialog-info')
      const version = Number(root.attributes['version'])
      expect(version, 'versions rise by one').toBe(watcher.version + 1)
      watcher.version = version
      watcher.entity = root.attributes['entity']
      const scope = root.attributes['state'] ?? ''
      expect(['full', 'partial']).toContain(scope)
      if (version === 0) expect(scope, 'the first document').toBe('full')
      const dialogs = root.children.map(readDialog)
      expect(new Set(dialogs.map(({ id }) => id)).size, 'each dialog once').toBe(dialogs.length)
      if (scope === 'full') table.clear()
      for (const dialog of dialogs) {
        if (dialog.state === 'terminated') table.delete(dialog.id)
        else table.set(dialog.id, dialog)
      }
      watcher.last = { scope, dialogs }
    },
  }
  return watcher
}

function readDialog(element: XmlElement): KnownDialog {
  const { name, attributes, children } = element
  expect(name).toBe('dialog')
  // The schema wants them in this order (RFC 4235 §4.4).
  const order = ['state', 'duration', 'replaces', 'referred-by', 'local', 'remote']
  const names = children.map((child) => child.name)
  expect(names).toEqual(order.filter((known) => names.includes(known)))
  const remote = childOf(element, 'remote')
  return {
    id: attributes['id'] ?? '',
    state: childOf(element, 'state')?.text ?? '',
    callId: attributes['call-id'],
    localTag: attributes['local-tag'],
    remoteTag: attributes['remote-tag'],
    direction: attributes['direction'],
    remoteName: childOf(remote, 'identity')?.attributes['display'],
    remoteUri: childOf(remote, 'identity')?.text,
    remoteTarget: childOf(remote, 'target')?.attributes['uri'],
    localUri: childOf(childOf(element, 'local'), 'identity')?.text,
  }
}

const childOf = (element: XmlElement | undefined, name: string) =>
  element?.children.find((child) => child.name === name)
