/** The part of the library that this room uses. Numbers come as numbers only where they survive the way back. */
declare module 'sdp-transform' {
  type Scalar = string | number

  interface Attributes {
    connection?: { version: Scalar; ip: Scalar } | undefined
    direction?: Scalar | undefined
    ptime?: Scalar | undefined
    maxptime?: Scalar | undefined
  }

  interface Media extends Attributes {
    type: Scalar
    port: Scalar
    protocol: Scalar
    payloads: Scalar
    rtp: { payload: Scalar; codec: Scalar; rate?: Scalar; encoding?: Scalar }[]
    fmtp: { payload: Scalar; config: Scalar }[]
    rtcp?: { port: Scalar } | undefined
  }

  interface Session extends Attributes {
    version?: Scalar
    name?: Scalar
    origin?: {
      username: Scalar
      sessionId: Scalar
      sessionVersion: Scalar
      netType: Scalar
      ipVer: Scalar
      address: Scalar
    }
    timing?: { start: Scalar; stop: Scalar }
    media: Media[]
  }

  export function parse(text: string): Session
  export function write(session: Session): string
}
