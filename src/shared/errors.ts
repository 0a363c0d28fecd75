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
    message: 'There is no {kind} "{id}". List them with `answerphone {kind}s list`.',
  },
  AP_NAME_TAKEN: {
    status: 409,
    message:
      'A {kind} named "{name}" exists already. Choose another name or change that one with `answerphone {kind}s set`.',
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
