/** What is wrong with messages that are to be taken in: part of the catalogue in errors.ts. */
export const exchangeErrors = {
  AP_IMPORT_NOTHING: {
    status: 400,
    message:
      'No mailbox is in {place}. Name the folder of the mailbox itself, for Asterisk like spool/default/1234.',
  },
  AP_IMPORT_SEVERAL: {
    status: 400,
    message: 'There are several mailboxes in {place}; take in one at a time: {boxes}',
  },
  AP_SOUND_UNREADABLE: { status: 400, message: "The sound {file} can't be read: {why}." },
  AP_IMPORT_INCOMPLETE: {
    status: 400,
    message:
      '{count} messages could not be taken in, for the reasons above; all others are. Mend it and import again: what is here already stays.',
  },
} as const
