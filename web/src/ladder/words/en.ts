/** The words of what went over the wire, in English; they are loaded with its dialog. */
export const en = {
  heading: 'Details of the call',
  loading: 'Reading what went over the wire',
  missing:
    'Nothing is known of what went over the wire for this call. It is there a few seconds after the call has ended, and kept as long as the call is.',
  failed: 'The details could not be read. Try again in a moment.',
  encrypted: {
    both: 'Encrypted: who calls, and what is said.',
    signalling:
      'Encrypted is who calls, but not what is said: whoever can read along on the network hears it.',
    sound:
      'Encrypted is what is said, but not who calls, nor the keys: whoever can read along on the network can decrypt it.',
    neither: 'Not encrypted: whoever can read along on the network knows who calls, and hears it.',
  },
  encryptedHint:
    'Between Answerphone and the other end of the line, which is your provider or telephone system; what is beyond it can’t be told.',
  sound: 'The sound',
  noSound: 'No sound flowed.',
  verdicts: { excellent: 'excellent', good: 'good', fair: 'fair', poor: 'poor', bad: 'bad' },
  caller: 'the caller',
  machine: 'Answerphone',
  heardFrom: (who: string) => `From ${who}`,
  sentTo: (who: string) => `To ${who}`,
  heard: (lost: string, jitter: string) => `${lost} lost, jitter ${jitter}`,
  rated: (verdict: string, mos: string) => `${verdict} (${mos})`,
  nothingHeard: 'nothing was heard',
  noReport: (packets: string) => `${packets} packets; the other side sent no report of them`,
  more: (codec: string, packets: string, gap: string) => `${codec}, ${packets} packets, longest gap ${gap}`,
  late: (packets: string) => `${packets} late`,
  roundTrip: (time: string) => `there and back ${time}`,
  scale:
    'The number is an estimate of how people would have rated the sound, from 1 to 5; narrowband telephony ends at 4.4.',
  messages: 'What was said',
  hint: 'Time runs down. Press a line to read the whole message; secrets have been taken out.',
  message: (seconds: string, from: string, to: string, title: string) =>
    `After ${seconds} s, from ${from} to ${to}: ${title}`,
  again: 'again',
  omitted: (count: number) =>
    count === 1 ? '1 more message was not kept.' : `${count} more messages were not kept.`,
  save: 'Save for Wireshark',
  milliseconds: (number: string) => `${number} ms`,
}
