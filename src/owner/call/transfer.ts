import type { OwnerOrder } from './facts.ts'
import type { OwnerSide } from './state.ts'

type Stepped = readonly [OwnerSide, readonly OwnerOrder[]]

/**
 * The owner who talks sends the caller on (RFC 5589 §5, a blind transfer): the phones that are called for it come as
 * `calling`. Nobody else may, and not twice at a time.
 */
export function beginTransfer(side: OwnerSide, by: string): Stepped {
  if (side.talker !== by || side.transfer) return [side, []]
  return [{ ...side, transfer: { by, targets: new Set(), left: false } }, []]
}

/** A phone that was called for the transfer has refused, or does not answer. */
export function targetGone(side: OwnerSide, leg: string, status: number): Stepped {
  if (!side.transfer) return [side, []]
  const targets = new Set(side.transfer.targets)
  targets.delete(leg)
  const next = { ...side, transfer: { ...side.transfer, targets } }
  return targets.size > 0 ? [next, []] : endTransfer(next, status)
}

/** Nobody has taken the caller: it stays with her; if she has hung up already, the call is over. */
export function endTransfer(side: OwnerSide, status: number): Stepped {
  const { transfer, ...rest } = side
  if (!transfer) return [side, []]
  return [
    rest,
    transfer.left
      ? [{ kind: 'act', act: { kind: 'owner-hung-up', owner: transfer.by } }]
      : [{ kind: 'tell-transfer', status }],
  ]
}
