/** Where to listen. */
export interface Place {
  readonly host: string
  readonly port: number
}

/** How the machine is started, as far as it can be wrong. */
export interface Setup {
  readonly data: string
  readonly sip: readonly Place[]
  readonly http: Place
  readonly https?: Place | undefined
  readonly rtpPorts: { readonly from: number; readonly to: number }
  readonly phonesFrom: readonly string[]
  readonly publicAddress?: string | undefined
  readonly stunServer?: Place | undefined
}

/** The machine that runs now. */
export interface Running {
  readonly pid: number
  readonly sip: readonly { readonly transport: string; readonly address: string; readonly port: number }[]
  readonly http: string
  readonly https?: string | undefined
}
