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
  AP_SPEECH_ENGINE_FAILED: {
    status: 502,
    message: 'sherpa-onnx, or the model that it was given, failed: {why}.',
  },
  AP_SPEECH_ENGINE_MISSING: {
    status: 501,
    message:
      'sherpa-onnx is not there, or not for this processor. Run `npm install sherpa-onnx-node`, or have a command do it.',
  },
  AP_SPEECH_MODEL_MISSING: {
    status: 404,
    message: 'There is no speech model "{name}". `answerphone models list` shows those that are here.',
  },
  AP_SPEECH_MODEL_UNFIT: {
    status: 409,
    message:
      'The model "{name}" is not for that: {why}. `answerphone models list` shows what each of them is for.',
  },
  AP_SPEECH_MODEL_REFUSED: { status: 400, message: '{from} is not installed: {why}.' },
  AP_SPEECH_MODEL_IN_USE: {
    status: 409,
    message: 'The speech model "{name}" is in use: it {does}. Have another do so first, or none.',
  },
} as const
