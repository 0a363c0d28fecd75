import type { CallOut } from '../../store/model.ts'
import type { LineInput } from '../contract.ts'
import { defined } from './defined.ts'

const USUAL: CallOut = { phones: null, atOnce: 4, perHour: 30 }

/** Who may call out through a line after a change: what the change leaves out stays, null lets nobody out. */
export function changeCallOut(before: CallOut | null, change: LineInput['callOut']): CallOut | null {
  if (change === undefined) return before
  return change && { ...USUAL, ...before, ...defined(change) }
}
