/** What a packet of audio may say at most, in ms: the longest that Opus makes (RFC 6716 §3.2, R5). */
export const LONGEST_PACKET_MS = 120

/** A packet counts as this long at least where floods are told from sound: what it costs does not shrink with it. */
export const LEAST_PACKET_MS = 2.5

/** What a payload may hold that is not to be cut into pieces on its way. */
export const LONGEST_PAYLOAD_BYTES = 1440
