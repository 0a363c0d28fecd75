import { effect, signal } from '@preact/signals'
import type { Line } from '../../../src/api/contract.ts'
import { request } from '../api/request.ts'
import { lineChanges } from './house-changes.ts'
import { screen } from './session.ts'

/** The line by which numbers are called, the first that lets phones out; null: none does; undefined: it is not known yet. */
export const wayOut = signal<string | null | undefined>(undefined)

/** As src/owner/house/line-out.ts has it. */
const letsOut = ({ callBack, callOut, account }: Line) =>
  callBack !== null || (callOut !== null && account !== null)

/** Knows it for as long as somebody is logged in, so that nobody calls in vain. */
export function followWayOut(): void {
  effect(() => {
    void lineChanges.value
    if (screen.value !== 'home') {
      wayOut.value = undefined
      return
    }
    request<Line[]>('GET', '/lines').then(
      (lines) => {
        wayOut.value = lines.find(letsOut)?.name ?? null
      },
      () => {},
    )
  })
}
