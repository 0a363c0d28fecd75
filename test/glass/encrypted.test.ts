import { describe, expect, it } from 'vitest'
import { rings } from '../helpers/scripted-phone.ts'
import { out } from './hold-against-out.ts'
import { LISTEN, switchOn } from './phones.ts'
import { scripts } from './scripts.ts'
import { listening } from './sides/listening.ts'
import { LAN, PHONES, playCall, type Script, type Side } from './stage.ts'
import { differenceBetween } from './trace/difference.ts'

const [message] = scripts
if (!message) throw new Error('there is no script')

/** The same with SRTP, by keys of its session description (RFC 4568). */
const encrypt = (script: Script): Script => ({
  ...script,
  name: `${script.name}, encrypted`,
  encrypted: true,
  house: { line: { ...script.house?.line, srtp: 'required' } },
})
const gated = scripts.filter(({ gate }) => gate).map(encrypt)
/** Whoever is turned away at a gate rings no phone, and is gone too soon for what a side has to have heard. */
const isLong = ({ name }: Script) => !name.startsWith('does not pass')

const required = { phones: PHONES.map((phone) => ({ ...phone, srtp: 'required' as const })) }
const KEYED = [
  `v=0\r\no=- 1 1 IN IP4 ${LAN}\r\ns=-\r\nt=0 0`,
  `c=IN IP4 ADDRESS\r\nm=audio 40000 RTP/SAVP 0\r\na=recvonly`,
  `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${'A'.repeat(40)}\r\n`,
].join('\r\n')

const encryptedListeners: Side = {
  name: 'ten phones that listen, encrypted',
  house: required,
  async prepare(stage) {
    const phones = await switchOn(stage, 10, rings)
    return {
      during() {
        for (const phone of phones)
          stage.at(5000, () => phone.call(LISTEN, { sdp: KEYED.replace('ADDRESS', phone.address) }))
      },
      happened() {
        for (const { sounds } of phones) expect(sounds.length).toBeGreaterThan(300)
      },
    }
  },
}

const keyless: Side = {
  name: 'three phones that must encrypt, answer without keys, and are hung up on',
  house: required,
  async prepare(stage) {
    const phones = await switchOn(stage, 3, (call) => call.after(500, () => call.answer()))
    return {
      happened: () => expect(phones.map(({ calls }) => calls[0]?.state)).toEqual(['over', 'over', 'over']),
    }
  },
}

const plainListeners = listening.filter(({ name }) => name.startsWith('ten listeners'))

describe.each([message, encrypt(message), ...gated])('a caller who $name', (script) => {
  const expected = playCall(script, out)

  it('hears the machine', async () => {
    expect((await expected).filter((line) => line.includes(' RTP ')).length).toBeGreaterThan(400)
  })

  it.each([encryptedListeners, keyless, ...(script.encrypted ? plainListeners : [])])(
    'hears the same as when everybody is out: $name',
    async (side) => {
      const one = { name: out.name, trace: await expected }
      const other = { name: side.name, trace: await playCall(script, side, isLong(script)) }
      expect(differenceBetween(one, other)).toBeUndefined()
    },
  )
})
