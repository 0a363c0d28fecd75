/** What is wrong with block lists: part of the catalogue in errors.ts. What was read of a list before stays in force. */
export const listErrors = {
  AP_LIST_NO_NUMBERS: {
    status: 400,
    message:
      'No list of numbers was found there: {why}. Write a number on each line, or take another address.',
  },
  AP_LIST_TOO_LONG: {
    status: 413,
    message: 'A list has at most {most} numbers, and {patterns} beginnings like 0900*. Take a shorter one.',
  },
  AP_LIST_TOO_LARGE: {
    status: 502,
    message: 'The list is larger than {most} MB, the most that is read. Take a shorter one.',
  },
  AP_LIST_UNREACHABLE: {
    status: 502,
    message: "The list can't be fetched: {why}. Is the address right, and the server up? It is tried again.",
  },
  AP_LIST_TOO_SLOW: {
    status: 504,
    message: 'The list did not come within {seconds} s. It is tried again.',
  },
  AP_LIST_LOGIN_REFUSED: {
    status: 502,
    message:
      'The server of the list refuses the token ({status}). Give another with `answerphone block-lists set NAME --token-stdin`, or on the page.',
  },
  AP_LIST_NOT_ANSWERED: {
    status: 502,
    message: 'The server answers {status} in place of a list. Is the address right? It is tried again.',
  },
  AP_LIST_NOT_CALLED: {
    status: 400,
    message: 'The address is not called: {why}. Choose another.',
  },
  AP_LIST_LIMIT: {
    status: 409,
    message: 'There are {most} block lists, the most there may be. Remove one that is not needed.',
  },
  AP_LIST_FROM_FILE: {
    status: 409,
    message:
      '"{name}" comes from a file, so there is nothing to fetch. Give a newer one with `answerphone block-lists set NAME --file FILE`, or on the page.',
  },
  AP_LIST_FETCHED: {
    status: 409,
    message: '"{name}" is fetched by itself. For a file of your own add another list.',
  },
  AP_LIST_OLD: {
    status: 503,
    message:
      'The block list "{name}" could not be fetched for {days} days; its last good state stays in force. Look at its last problem with `answerphone block-lists list`.',
  },
} as const
