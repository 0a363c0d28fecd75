/** What is wrong with speech to text: part of the catalogue in errors.ts. */
export const transcriptionErrors = {
  AP_TRANSCRIPTION_OFF: {
    status: 409,
    message:
      'No transcription is set up. Set it up with `answerphone transcription set`, or in the settings.',
  },
  AP_TRANSCRIBER_FAILED: {
    status: 502,
    message: 'The command that writes down what is said failed: {why}.',
  },
  AP_TRANSCRIBER_TOO_SLOW: {
    status: 504,
    message:
      'What was said could not be written down within {seconds} s. Choose a smaller model, or a faster machine.',
  },
  AP_TRANSCRIBER_UNREACHABLE: {
    status: 503,
    message: "The transcription server can't do it now: {why}. It is tried again.",
  },
  AP_TRANSCRIBER_LOGIN_REFUSED: {
    status: 502,
    message:
      'The transcription server refuses the key ({status}). Give it the right one with `answerphone transcription set`.',
  },
  AP_TRANSCRIBER_REFUSED: {
    status: 502,
    message: 'The transcription server refuses this message: {why}.',
  },
} as const
