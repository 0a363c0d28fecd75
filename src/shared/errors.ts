import { backupErrors } from './backup-errors.ts'
import { contactErrors } from './contact-errors.ts'
import { doctorErrors } from './doctor-errors.ts'
import { exchangeErrors } from './exchange-errors.ts'
import { ladderErrors } from './ladder-errors.ts'
import { listErrors } from './list-errors.ts'
import { listenErrors } from './listen-errors.ts'
import { registrarErrors } from './registrar-errors.ts'
import { transcriptionErrors } from './transcription-errors.ts'

/**
 * The catalogue of errors that a person can meet. docs/errors.md documents each code and test/errors.test.ts keeps
 * the two equal. A message says what is wrong and what to do; `{name}` is filled from the details.
 *
 * `status` is the HTTP status under which the API reports it.
 */
export const catalogue = {
  AP_INPUT_INVALID: { status: 400, message: '{what}' },
  AP_NOT_FOUND: {
    status: 404,
    message: 'There is no {kind} "{id}". The command `list` shows which there are.',
  },
  AP_NAME_TAKEN: {
    status: 409,
    message: 'A {kind} named "{name}" exists already. Choose another name, or change that one.',
  },
  AP_NUMBER_TAKEN: {
    status: 409,
    message: 'The number {number} belongs to another line. Take it away there first.',
  },
  AP_CONTACT_NUMBER_TAKEN: {
    status: 409,
    message:
      'The number {number} is in the contact "{name}" already. Add it there, or take it away there first.',
  },
  AP_MAILBOX_IN_USE: {
    status: 409,
    message:
      'Mailbox "{name}" can\'t be removed while a line records into it or messages are in it. Give the line another mailbox and delete the messages for good.',
  },
  AP_STORE_LOCKED: {
    status: 503,
    message: 'The database {file} is locked by another program. Close what else has it open, then try again.',
  },
  AP_STORE_READ_ONLY: {
    status: 503,
    message: 'The database {file} is read-only. Make the file and its folder writable for this user.',
  },
  AP_STORE_UNWRITABLE: {
    status: 503,
    message: "The database {file} can't be opened or written. Check the path, its permissions and the disk.",
  },
  AP_STORE_FULL: {
    status: 507,
    message: 'The disk that holds {file} is full. Free some room; nothing else needs to be done.',
  },
  AP_STORE_CORRUPT: {
    status: 500,
    message: '{file} is damaged, or no database of Answerphone. Bring back a backup.',
  },
  AP_STORE_UNREACHABLE: {
    status: 503,
    message: "The database server at {server} can't be reached: {why}.",
  },
  AP_STORE_NEWER: {
    status: 500,
    message:
      'The database was written by a newer Answerphone (it has "{migration}"). Start that version. The way back is the copy from before the update, "answerphone.db.before-{number}" beside it, or a backup.',
  },
  AP_RECORDING_NOT_READY: {
    status: 503,
    message: 'The recording of message {id} is still being written. Try again in a moment.',
  },
  AP_RECORDING_MISSING: {
    status: 410,
    message: 'The recording of message {id} is gone from the recordings folder.',
  },
  AP_ENCODER_BUSY: {
    status: 503,
    message: 'Too many recordings are being encoded already. Try again in a minute, or take it as WAV.',
  },
  AP_ENCODING_FAILED: {
    status: 500,
    message: 'The recording could not be written as {format} ({why}). Take it as WAV.',
  },
  AP_MESSAGE_NOT_IN_TRASH: {
    status: 409,
    message: 'Message {id} is not in the trash. Delete it first; only then can it be removed for good.',
  },
  AP_TARGET_LIMIT: {
    status: 409,
    message:
      'There are {most} webhooks and topics already, and no more are told. Remove one that is not needed.',
  },
  AP_TARGET_NOT_TAKEN: { status: 502, message: 'It was not taken: {why}.' },
  AP_CONTACTS_NOTHING: {
    status: 400,
    message:
      'No contact could be taken in from {file}. Export the address book as vCard 3.0 or 4.0 (.vcf), or as CSV.',
  },
  AP_MAIL_NOT_SET_UP: {
    status: 409,
    message:
      'No mail server is set up. Do it in the settings under Mail, or with `answerphone mail set --host HOST --from ADDRESS`.',
  },
  AP_MAIL_GIVEN: {
    status: 409,
    message:
      'The mail account comes from the environment (ANSWERPHONE_SMTP_HOST and so on). Change it there, and start the machine again.',
  },
  AP_MAIL_LIMIT: {
    status: 429,
    message:
      'That would be more than {most} mails within an hour. Wait a while, or forward it to fewer addresses.',
  },
  AP_MAIL_UNREACHABLE: {
    status: 502,
    message:
      "The mail server {host} can't be reached on port {port}: {answer}. Check its name, the port, and whether it is up.",
  },
  AP_MAIL_TOO_SLOW: {
    status: 504,
    message:
      'The mail server {host} did not answer in time. Check the port and how the connection is secured, then try again.',
  },
  AP_MAIL_UNSAFE: {
    status: 502,
    message:
      'There is no safe connection to {host} on port {port}: {answer}. Port 465 wants TLS from the start, 587 STARTTLS; the certificate must be valid for this name.',
  },
  AP_MAIL_LOGIN_REFUSED: {
    status: 502,
    message:
      'The mail server {host} refuses the login: {answer}. Check user and password; many providers want a password made for apps.',
  },
  AP_MAIL_DEFERRED: {
    status: 503,
    message: 'The mail server {host} takes no mail just now: {answer}. It will be tried again.',
  },
  AP_MAIL_REFUSED: {
    status: 502,
    message:
      "The mail server {host} refuses the mail: {answer}. Check the recipient's and the sender's address.",
  },
  AP_MAIL_TOO_LARGE: {
    status: 502,
    message: 'The mail server {host} finds the mail too large: {answer}. Send the recording as Opus or MP3.',
  },
  AP_MAIL_OVER: {
    status: 409,
    message: 'Mail {id} was sent already.',
  },
  AP_GREETING_UNREADABLE: {
    status: 400,
    message: "The greeting can't be read: {why}. Save it as a WAV file, then try again.",
  },
  AP_VOICE_MISSING: {
    status: 409,
    message:
      'No voice is set up that reads this language ({language}). Choose a model with `answerphone voice set`, start the machine with --voice-command, or record the greeting.',
  },
  AP_VOICE_BUSY: {
    status: 429,
    message: 'The voice is reading another text. Try again in a moment.',
  },
  AP_VOICE_FAILED: {
    status: 502,
    message: 'The voice did not read the text: {why}. Try it on the machine itself.',
  },
  AP_GREETING_TOO_LONG: {
    status: 400,
    message: 'The greeting lasts {seconds} s; {longest} s is the most.',
  },
  AP_DISK_FULL: {
    status: 503,
    message:
      'The disk is full. Messages still go into the reserve of the journal; free some room, or empty the trash with `answerphone messages purge`.',
  },
  AP_JOURNAL_FULL: {
    status: 503,
    message:
      'The disk is full and the reserve of the journal is used up: no message can be taken. Free some room.',
  },
  AP_MEDIA_PORTS_EXHAUSTED: {
    status: 503,
    message: 'Every RTP port from {from} to {to} is in use. Widen the port range; each call needs two ports.',
  },
  AP_MEDIA_ADDRESS_UNUSABLE: {
    status: 500,
    message: 'No RTP port can be opened on {address} ({why}). Give an address that belongs to this machine.',
  },
  AP_MEDIA_THREAD_DIED: {
    status: 500,
    message:
      'A media thread died ({why}). Another has taken its place; the calls that it held have lost their audio.',
  },
  ...registrarErrors,
  ...doctorErrors,
  ...listenErrors,
  AP_ROUTE_UNKNOWN: {
    status: 404,
    message: 'There is nothing at {method} {path}. /api/v1/openapi.json lists what there is.',
  },
  AP_LOGIN_NEEDED: {
    status: 401,
    message:
      'Log in first, or send a token: `Authorization: Bearer ap_…` (make one with `answerphone tokens create NAME`).',
  },
  AP_LOGIN_WRONG: {
    status: 401,
    message:
      'The name or the password is wrong. Forgotten? `answerphone users set NAME --password-stdin` sets a new one.',
  },
  AP_PASSWORD_WRONG: {
    status: 403,
    message: 'That is not your present password. Nothing was changed.',
  },
  AP_TOO_MANY_ATTEMPTS: {
    status: 429,
    message: 'Too many failed attempts from here. Try again in {seconds} s.',
  },
  AP_NOT_ALLOWED: { status: 403, message: 'Only an owner may do this. Ask one, or log in as one.' },
  AP_SESSION_NEEDED: {
    status: 403,
    message:
      'Only a page whose user is logged in is lent a phone. For a program, add one: `answerphone phones add NAME`.',
  },
  AP_TEST_CALL_OVER: {
    status: 410,
    message:
      'This link lets nobody call any more: it was used, has expired, or is not whole. Ask for another one.',
  },
  AP_APP_LINK_OVER: {
    status: 410,
    message:
      'This link sets no app up any more: it has expired, was used, or is not whole. Make another one.',
  },
  AP_PHONE_SOCKET_ONLY: {
    status: 426,
    message: 'Phones connect here, by WebSocket with the subprotocol `sip` (RFC 7118), and nobody else.',
  },
  AP_ORIGIN_FOREIGN: {
    status: 403,
    message:
      'The request comes from a page of {origin}, not from this one. Behind a proxy, name the address in the browser with --host-name.',
  },
  AP_CSRF_TOKEN_WRONG: {
    status: 403,
    message: 'The header X-CSRF-Token is missing or out of date. Load the page again.',
  },
  AP_HOST_UNKNOWN: {
    status: 421,
    message:
      '"{host}" is no name of this machine. Use its IP address, or start it with --host-name {host} if the name is right.',
  },
  AP_SETUP_LINK_DEAD: {
    status: 403,
    message: 'This link was used already, or is too old. `answerphone users link` prints a fresh one.',
  },
  AP_LAST_OWNER: {
    status: 409,
    message:
      '"{name}" is the only owner and has to stay one. Add another with `answerphone users add` first, or make somebody one with `answerphone users set NAME --role owner`.',
  },
  AP_PUSH_BROWSERS_ONLY: {
    status: 403,
    message:
      'Notifications go to a browser whose user is logged in. A program follows /api/v1/events instead.',
  },
  AP_PUSH_OFF: {
    status: 409,
    message: 'Notifications are switched off on this machine. Start it without `--push off`.',
  },
  AP_PUSH_SERVICE_REFUSED: {
    status: 400,
    message: 'The push service that this browser names is not called: {why}.',
  },
  AP_PUSH_NOT_SUBSCRIBED: {
    status: 404,
    message:
      'This browser takes no notifications. Switch them off and on again in the settings, under "This device".',
  },
  AP_PUSH_FAILED: {
    status: 502,
    message:
      "This browser's push service did not take the notification: {why}. The machine needs a way to the Internet by HTTPS; try again in a minute.",
  },
  AP_CALL_OVER: {
    status: 409,
    message: 'Call {id} is over, or past the point where this makes sense.',
  },
  AP_CALL_TAKEN: { status: 409, message: 'Somebody else has picked up call {id}.' },
  AP_PHONE_UNKNOWN: {
    status: 404,
    message: 'There is no phone "{phone}" for this call. `answerphone phones list` shows which there are.',
  },
  AP_PHONE_OFFLINE: {
    status: 409,
    message:
      'No phone that could ring is registered ({phone}). Switch it on; `answerphone phones list` shows what is registered.',
  },
  AP_BODY_TOO_LARGE: { status: 413, message: 'The request is larger than {most} bytes.' },
  AP_BODY_KIND: {
    status: 415,
    message:
      'The request has a body of a kind that is not taken here. Send application/json, or audio/wav for a greeting.',
  },
  AP_RANGE_WRONG: { status: 416, message: 'The file has no such range of bytes.' },
  AP_TOO_MANY_LISTENERS: {
    status: 503,
    message: '{most} event streams are open already. Close some pages.',
  },
  AP_INTERNAL: {
    status: 500,
    message: 'Something went wrong inside Answerphone. Its log says more; please report it.',
  },
  AP_PAGE_NOT_BUILT: {
    status: 404,
    message: 'The page is not built. Stop this, then start with `npm start`, which builds it.',
  },
  AP_CONFIG_INVALID: { status: 400, message: '{where}: {why}' },
  AP_CONFIG_UNREADABLE: { status: 400, message: "The configuration file {file} can't be read: {why}." },
  AP_APPLY_INVALID: {
    status: 400,
    message: '{file} is not applied, and nothing was changed:\n{problems}',
  },
  AP_DATA_UNUSABLE: {
    status: 500,
    message:
      "The data directory {data} can't be used: {why}. Choose another with --data DIR, or mend its permissions.",
  },
  AP_DATA_MISSING: {
    status: 404,
    message:
      'There is no database in {data}. Give the directory of the machine with --data DIR, or start it once with `answerphone serve`.',
  },
  AP_NODE_TOO_OLD: {
    status: 500,
    message: 'This is Node {version}; Answerphone needs Node 24 or newer. `npm start` brings its own.',
  },
  ...backupErrors,
  ...contactErrors,
  ...exchangeErrors,
  ...ladderErrors,
  ...transcriptionErrors,
  ...listErrors,
  AP_FILE_UNUSABLE: { status: 400, message: "The file {file} can't be used: {why}." },
  AP_CALL_UNANSWERED: {
    status: 504,
    message: 'Nobody answers at {host}:{port}: {why}',
  },
  AP_CALL_REFUSED: {
    status: 502,
    message:
      'The call to "{line}" was refused with {status}. `answerphone lines list` shows the lines, `answerphone doctor` what is wrong.',
  },
  AP_DATA_IN_USE: {
    status: 409,
    message:
      'The data directory {data} is in use by another Answerphone. Stop that one, or give this one another directory with --data.',
  },
  AP_NOT_RUNNING: {
    status: 503,
    message: 'No machine runs on the data directory {data}. Start it with `npm start`, or name its --data.',
  },
  AP_NO_VOICE: {
    status: 501,
    message: 'No program that speaks was found ({voices}). Install one, or use --file with a WAV file.',
  },
} as const satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof catalogue

/** An error from the catalogue, fit to be shown to a person as it is. */
export class AnswerphoneError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: ErrorCode, details: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(fill(catalogue[code].message, details), options)
    this.name = 'AnswerphoneError'
    this.code = code
    this.status = catalogue[code].status
    this.details = details
  }
}

function fill(message: string, details: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole))
}
