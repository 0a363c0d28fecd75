import { signal } from '@preact/signals'

/** Something that was done, said in passing, with a way back where there is one. */
export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'done' | 'failed'
  readonly undo?: () => void
}

const SHOWN_MS = 8_000
const MOST_AT_ONCE = 3

export const toasts = signal<readonly Toast[]>([])

const timers = new Map<number, number>()
let lastId = 0

export function showToast(toast: Omit<Toast, 'id'>): void {
  lastId += 1
  const id = lastId
  toasts.value = [...toasts.value, { ...toast, id }].slice(-MOST_AT_ONCE)
  resumeToast(id)
}

export function dismissToast(id: number): void {
  pauseToast(id)
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

/** Keeps it while a pointer or the focus rests on it. */
export function pauseToast(id: number): void {
  window.clearTimeout(timers.get(id))
  timers.delete(id)
}

export function resumeToast(id: number): void {
  pauseToast(id)
  timers.set(
    id,
    window.setTimeout(() => dismissToast(id), SHOWN_MS),
  )
}

/** Takes back what the newest toast tells of, if it can be. */
export function undoNewest(): void {
  const newest = toasts.value.findLast(({ undo }) => undo !== undefined)
  if (!newest) return
  dismissToast(newest.id)
  newest.undo?.()
}
