/** RTCP packet types (RFC 3550 §12.1). */
export const RTCP = { senderReport: 200, receiverReport: 201, sourceDescription: 202, bye: 203 } as const
