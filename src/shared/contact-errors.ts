/** What may be wrong with contacts that come from elsewhere: part of the catalogue in errors.ts. */
export const contactErrors = {
  AP_CALLER_UNKNOWN: {
    status: 404,
    message:
      'Nothing is known of a caller "{id}". `answerphone calls list` and `answerphone contacts list` show who is known.',
  },
  AP_CARDDAV_UNREACHABLE: {
    status: 502,
    message: "The CardDAV server can't be reached: {detail}. Check the address, and that the server runs.",
  },
  AP_CARDDAV_UNSAFE: {
    status: 502,
    message:
      "The certificate of the CardDAV server can't be trusted: {detail}. Write the server as its certificate names it; an authority of your own is trusted by NODE_EXTRA_CA_CERTS=FILE.",
  },
  AP_CARDDAV_LOGIN_REFUSED: {
    status: 502,
    message:
      'The CardDAV server refuses the login: {detail}. Check user and password; many services want a password for apps.',
  },
  AP_CARDDAV_NO_BOOKS: {
    status: 502,
    message:
      'No address book was found at {detail}. Give the address of the CardDAV server as its manual has it, or that of the address book itself.',
  },
  AP_CARDDAV_BOOK_GONE: {
    status: 502,
    message:
      'The account has no address book "{detail}" any more. Choose others; its contacts stay as they were.',
  },
  AP_CARDDAV_TOO_LARGE: {
    status: 502,
    message: 'The address books are larger than is taken here: {detail}. Choose fewer of them.',
  },
  AP_CARDDAV_FAILED: {
    status: 502,
    message: 'The CardDAV server did not answer as it should: {detail}. It is tried again by itself.',
  },
  AP_CONTACT_SYNCED: {
    status: 409,
    message:
      'The contact "{name}" comes from the address book "{source}", which alone says its name and numbers. Change it there; what is a favourite and the note can be changed here.',
  },
  AP_CONTACT_SOURCE_LIMIT: { status: 409, message: 'There are {most} accounts already. Remove one first.' },
  AP_CONTACT_SOURCE_BUSY: {
    status: 409,
    message: 'The account "{name}" is being read just now. Wait a minute.',
  },
} as const
