/** What we use of the WebAssembly build, which has no types of its own. */
declare module '@evan/opus/wasm/index.mjs' {
  export class Encoder {
    constructor(options: {
      readonly channels: 1 | 2
      readonly sample_rate: number
      readonly application: 'voip' | 'audio'
    })
    encode(pcm: Int16Array): Uint8Array
  }
}
