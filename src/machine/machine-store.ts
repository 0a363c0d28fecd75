import type { Store } from '../store/store.ts'

/** What of the database the machine reads and writes. */
export type MachineStore = Pick<
  Store,
  | 'lines'
  | 'mailboxes'
  | 'pinTries'
  | 'greetings'
  | 'messages'
  | 'calls'
  | 'phones'
  | 'bindings'
  | 'audit'
  | 'blocked'
  | 'contacts'
  | 'rules'
  | 'numberLists'
  | 'settings'
  | 'sessions'
  | 'users'
  | 'registrations'
  | 'traces'
  | 'onChange'
  | 'check'
>
