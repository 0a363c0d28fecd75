import { iso, isoOrNull } from '../../api/views/instant.ts'
import { bracketed } from '../../shared/bracketed.ts'
import type { Account, Call, Line, Phone, PhoneBinding, Registration } from '../../store/model.ts'
import { cutUser } from '../../trace/cut-names.ts'

/** How numbers are shown: as they are, or cut. */
export type ShowNumber = (number: string) => string

/** A line for strangers: each field that is in it is named here. */
export function shownLine(line: Line, registration: Registration | undefined, number: ShowNumber) {
  const { id, name, trunk, mailboxId, ringSeconds, srtp, account, callOut, internal, country } = line
  return {
    id,
    name,
    number: line.number && number(line.number),
    trunk,
    mailboxId,
    ringSeconds,
    srtp,
    internal,
    country,
    callsOut: callOut && { atOnce: callOut.atOnce, perHour: callOut.perHour },
    callBack: line.callBack === null ? null : 'set',
    account: account && shownAccount(account, number),
    registration: registration && shownRegistration(registration),
  }
}

const shownAccount = (
  { registrar, outboundProxy, expirySeconds, user, authUser }: Account,
  number: ShowNumber,
) => ({
  registrar: withoutUser(registrar),
  outboundProxy: outboundProxy && withoutUser(outboundProxy),
  expirySeconds,
  user: number(user),
  authUser: authUser && number(authUser),
})

const shownRegistration = ({ state, since, server, publicAddress, problem }: Registration) => ({
  state,
  since: iso(since),
  server,
  publicAddress,
  problem: problem?.code ?? null,
})

/** A phone for strangers, and where it is registered. */
export function shownPhone(phone: Phone, bindings: readonly PhoneBinding[]) {
  const { id, name, mailboxIds, speaker, srtp, hasRegistered } = phone
  return {
    id,
    name,
    mailboxIds,
    speaker,
    srtp,
    hasRegistered,
    registered: bindings
      .filter(({ phoneId }) => phoneId === id)
      .map(({ transport, address, port, userAgent, expiresAt }) => ({
        at: `${transport} ${bracketed(address)}:${port}`,
        program: userAgent.replace(/\([^()]*\)/g, '(cut)'),
        until: iso(expiresAt),
      })),
  }
}

/** A call for strangers. */
export function shownCall(call: Call, number: ShowNumber) {
  const { id, lineId, callerNumber, arrivedAt, answeredAt, endedAt, outcome } = call
  return {
    id,
    lineId,
    caller: callerNumber && number(callerNumber),
    arrivedAt: iso(arrivedAt),
    answeredAt: isoOrNull(answeredAt),
    endedAt: isoOrNull(endedAt),
    outcome,
  }
}

/** Nobody should write a password into an address; it would be in the report. */
const withoutUser = (uri: string): string => uri.replace(/^(sips?:)[^@]*@/i, '$1')

export const asIs: ShowNumber = (number) => number
export const cut: ShowNumber = cutUser
