import type { Message } from '../../../src/api/contract.ts'
import type { IconName } from '../components/icon.tsx'
import { callerTitle } from '../format/caller.ts'
import { type Words, words } from '../i18n/words.ts'
import { askWhoLeft } from '../state/caller-asked.ts'
import { editContact } from '../state/contact-asked.ts'
import {
  blockCaller,
  deleteMessage,
  editNote,
  junkMessage,
  markMessage,
  purgeMessage,
  undeleteMessage,
} from '../state/message-acts.ts'
import { mustWait } from '../state/offline.ts'
import { callBack, phoneCall } from '../state/phone.ts'
import { openSending } from '../state/sending.ts'
import { wayOut } from '../state/way-out.ts'

/** Something that can be done with a message. */
export interface MessageAct {
  readonly id: string
  readonly icon: IconName
  /** Does it to the message at which the owner is, as KeyboardEvent.key has it; no two acts that fit one message share one. */
  readonly key?: string
  /** How the list of the keys tells it; without it another act on this key speaks for both. */
  readonly keyLabel?: (words: Words) => string
  readonly label: (words: Words, message: Message) => string
  /** Which messages it fits. */
  readonly fits: (message: Message) => boolean
  readonly run: (message: Message, words: Words) => unknown
  /** It also stands in the open player, for those who do not look into menus. */
  readonly inPlayer?: boolean
  /** It takes something away. */
  readonly harmful?: boolean
}

const inJunk = ({ state }: Message) => state === 'junk'
const inTrash = ({ state }: Message) => state === 'trash'

/** All that can be done with a message. The menu of its row, its player and the keyboard are made from this. */
export const messageActs: readonly MessageAct[] = [
  {
    id: 'call-back',
    icon: 'taken',
    key: 'c',
    keyLabel: ({ calls }) => calls.callBackShort,
    label: ({ calls }) => (wayOut.value === null ? calls.callBackNoLine : calls.callBackShort),
    fits: ({ callerNumber }) => callerNumber !== null && phoneCall.value?.purpose !== 'talk',
    run: (message, words) => callBack(message.callerNumber ?? '', message.line, callerTitle(message, words)),
    inPlayer: true,
  },
  {
    id: 'note',
    icon: 'note',
    key: 'n',
    keyLabel: ({ messages }) => messages.editNote,
    label: ({ messages }, { note }) => (note === '' ? messages.addNote : messages.editNote),
    fits: () => true,
    run: editNote,
    inPlayer: true,
  },
  {
    id: 'mark',
    icon: 'lamp',
    key: 'm',
    keyLabel: ({ keys }) => keys.mark,
    label: ({ messages }, { state }) => (state === 'new' ? messages.markHeard : messages.markNew),
    // What was picked up has been heard, and is never new.
    fits: (message) => !inTrash(message) && !inJunk(message) && message.pickedUp === null,
    run: (message) => markMessage(message, message.state === 'new' ? 'heard' : 'new'),
    inPlayer: true,
  },
  {
    id: 'forward',
    icon: 'forward',
    key: 'f',
    keyLabel: ({ messages }) => messages.forward,
    label: ({ messages }) => messages.forward,
    fits: () => true,
    run: (message) => openSending('forward', message),
    inPlayer: true,
  },
  {
    id: 'share',
    icon: 'upload',
    key: 'e',
    keyLabel: ({ messages }) => messages.share,
    label: ({ messages }) => messages.share,
    fits: () => true,
    run: (message) => openSending('share', message),
  },
  {
    id: 'contact',
    icon: 'add-person',
    key: 'a',
    keyLabel: ({ messages }) => messages.addCaller,
    label: ({ messages }, { contact }) => (contact ? messages.editContact : messages.addCaller),
    fits: ({ callerNumber }) => callerNumber !== null,
    run: editContact,
    inPlayer: true,
  },
  {
    id: 'caller',
    icon: 'about',
    label: ({ caller }) => caller.about,
    fits: () => true,
    run: askWhoLeft,
  },
  {
    id: 'block',
    icon: 'blocked',
    key: 'b',
    keyLabel: ({ messages }) => messages.block,
    label: ({ messages }) => messages.block,
    fits: ({ callerNumber }) => callerNumber !== null,
    run: blockCaller,
    harmful: true,
  },
  {
    id: 'junk',
    icon: 'blocked',
    key: 'z',
    keyLabel: ({ messages }) => messages.toJunk,
    label: ({ messages }, message) => (inJunk(message) ? messages.notJunk : messages.toJunk),
    fits: (message) => !inTrash(message),
    run: (message) => junkMessage(message, !inJunk(message)),
  },
  {
    id: 'delete',
    icon: 'trash',
    key: 'x',
    keyLabel: ({ keys }) => keys.delete,
    label: ({ messages }) => messages.drop,
    fits: (message) => !inTrash(message),
    run: deleteMessage,
    harmful: true,
  },
  {
    id: 'restore',
    icon: 'restore',
    key: 'x',
    label: ({ messages }) => messages.restoreShort,
    fits: inTrash,
    run: undeleteMessage,
    inPlayer: true,
  },
  {
    id: 'purge',
    icon: 'close',
    key: 'Delete',
    keyLabel: ({ keys }) => keys.purge,
    label: ({ messages }) => messages.purge,
    fits: inTrash,
    run: purgeMessage,
    harmful: true,
  },
]

export const actsFor = (message: Message): readonly MessageAct[] =>
  messageActs.filter(({ fits }) => fits(message))

/** Does it, or says that it waits for the machine. */
export function doAct({ run }: MessageAct, message: Message): void {
  if (!mustWait()) run(message, words.value)
}

/** The act that this key asks for. */
export const actByKey = (message: Message, key: string): MessageAct | undefined =>
  messageActs.find((act) => act.key === key && act.fits(message))
