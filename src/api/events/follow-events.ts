import type { Machine, MachineEvent } from '../../machine/machine.ts'
import type { Log } from '../../shared/log.ts'
import { unreachable } from '../../shared/step.ts'
import type { Store } from '../../store/store.ts'
import type { Transcription } from '../../transcribe/open-transcription.ts'
import type { ApiEvent } from '../contract.ts'
import { showLiveCall } from '../views/call.ts'
import { showMessage } from '../views/message.ts'
import { type Names, readNames } from '../views/names.ts'
import { showHealth } from '../views/settings.ts'
import { showSwitches } from '../views/switches.ts'

/**
 * Turns what the machine tells and what the store reports into the events of the API, in the order in which they
 * came. Returns the end of it.
 */
export function followEvents(options: {
  readonly machine: Pick<Machine, 'watch' | 'contactOf'>
  readonly store: Pick<Store, 'lines' | 'mailboxes' | 'messages' | 'transcripts' | 'onChange'>
  readonly transcription?: Pick<Transcription, 'wordsOf' | 'watch'> | undefined
  readonly log: Log
  /** Nothing is looked up while nobody listens. */
  readonly isAnyoneThere: () => boolean
  readonly publish: (event: ApiEvent) => void
}): () => void {
  const { machine, store, transcription, log, isAnyoneThere, publish } = options
  let names: Promise<Names> | undefined
  let queue = Promise.resolve()

  const knownNames = () => {
    names ??= readNames(store)
    return names
  }
  const explain = async (event: MachineEvent): Promise<ApiEvent | undefined> => {
    switch (event.kind) {
      case 'call-changed':
        return {
          kind: 'call-changed',
          call: showLiveCall(
            event.call,
            await knownNames(),
            machine.contactOf,
            transcription?.wordsOf(event.call.id),
          ),
        }
      case 'message-added': {
        const message = await store.messages.get(event.messageId)
        return (
          message && {
            kind: 'message-added',
            message: showMessage(
              message,
              await knownNames(),
              machine.contactOf,
              await store.transcripts.get(message.id),
            ),
          }
        )
      }
      case 'call-ended': {
        const { junk: _, ...told } = event
        return told
      }
      case 'contacts-changed':
        return event
      // `call-changed` tells of it.
      case 'name-said':
        return undefined
      case 'fills-changed':
        return { kind: 'fills-changed', fills: [...event.fills] }
      // What is registered otherwise tells `lines-changed`.
      // The audit has it.
      case 'pin-locked':
      // `fills-changed` says how full it is now.
      case 'filling':
        return undefined
      case 'line-lost':
      case 'line-back':
        return undefined
      case 'switches-changed':
        return { kind: 'switches-changed', switches: showSwitches(event.switches) }
      case 'health-changed':
        return { kind: 'health-changed', health: showHealth(event.health) }
      default:
        return unreachable(event)
    }
  }
  const inOrder = (tell: () => Promise<ApiEvent | undefined>) => {
    if (!isAnyoneThere()) return
    queue = queue.then(async () => {
      try {
        const event = await tell()
        if (event) publish(event)
      } catch (error) {
        names = undefined
        log.warn({ err: error }, 'an event could not be told; the page reads it with its next list')
      }
    })
  }

  const unwatch = machine.watch((event) => inOrder(() => explain(event)))
  const unsubscribe = store.onChange((tables) => {
    const changed = (table: string) => tables.size === 0 || tables.has(table)
    if (changed('lines') || changed('mailboxes')) names = undefined
    if (changed('lines') || changed('registrations')) inOrder(async () => ({ kind: 'lines-changed' }))
    if (changed('messages') || changed('transcripts')) inOrder(async () => ({ kind: 'messages-changed' }))
  })
  const unread = transcription?.watch((callId, words) =>
    inOrder(async () => ({ kind: 'words-heard', callId, words })),
  )
  return () => {
    unwatch()
    unread?.()
    unsubscribe()
  }
}
