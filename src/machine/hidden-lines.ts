import { AnswerphoneError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import { isHiddenFrom, namedAddress } from '../shared/named-address.ts'
import type { Source } from '../sip/transport/transport.ts'
import type { Line } from '../store/model.ts'

/** Tells the owner, once for each line, that callers are told an address to which they can send nothing. */
export function watchHiddenLines({
  localFor,
  log,
}: {
  /** Our own address toward a peer. */
  readonly localFor: (peer: Source) => string | undefined
  readonly log: Log
}): { seen(line: Pick<Line, 'id' | 'name'>, source: Source, publicAddress: string | undefined): void } {
  const told = new Set<string>()
  return {
    seen({ id, name }, source, publicAddress) {
      const local = localFor(source)
      if (local === undefined || told.has(id)) return
      const address = namedAddress(source.address, local, publicAddress)
      if (!isHiddenFrom(source.address, address)) return
      told.add(id)
      const { code, message } = new AnswerphoneError('AP_ADDRESS_HIDDEN', { peer: source.address, address })
      log.warn({ line: name, code }, message)
    },
  }
}
