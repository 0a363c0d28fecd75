/** The part of the library that this room uses. Numbers come as numbers only where they survive the way back. */
declare module 'sdp-transform' {
  type Scalar = string | number

  interface Attributes {
    connection?: { version: Scalar; ip: Scalar } | undefined
    direction?: Scalar | undefined
    ptime?: Scalar | undefined
    maxptime?: Scalar | undefined
    iceUfrag?: Scalar | undefined
    icePwd?: Scalar | undefined
    fingerprint?: { type: Scalar; hash: Scalar } | undefined
    setup?: Scalar | undefined
  }

  interface Candidate {
    foundation: Scalar
    component: Scalar
    transport: Scalar
    priority: Scalar
    ip: Scalar
    port: Scalar
    type: Scalar
  }

  interface Media extends Attributes {
    type: Scalar
    port: Scalar
    protocol: Scalar
    payloads: Scalar
    rtp: { payload: Scalar; codec: Scalar; rate?: Scalar; encoding?: Scalar }[]
    fmtp: { payload: Scalar; config: Scalar }[]
    rtcp?: { port: Scalar } | undefined
    rtcpMux?: 'rtcp-mux' | undefined
    crypto?: { id: Scalar; suite: Scalar; config: Scalar }[]
    mid?: Scalar | undefined
    candidates?: Candidate[]
    endOfCandidates?: 'end-of-candidates'
    msid?: { id: Scalar; appdata: Scalar }[]
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
    icelite?: 'ice-lite' | undefined
    groups?: { type: Scalar; mids: Scalar }[]
    timing?: { start: Scalar; stop: Scalar }
    media: Media[]
  }

  export function parse(text: string): Session
  export function write(session: Session): string
}
