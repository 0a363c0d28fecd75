import { stored } from './stored.ts'

export const welcomeSteps = ['line', 'greeting', 'phone', 'call'] as const
export type WelcomeStep = (typeof welcomeSteps)[number]

/**
 * The step of the first start at which the owner is; only the browser that made the account ever leaves `done`, and
 * once it is back there, there it stays.
 */
export const welcome = stored<WelcomeStep | 'done'>('welcome', [...welcomeSteps, 'done'], 'done')

/** The step after or before this one; past the last all is done, before the first there is none. */
export function neighbourStep(step: WelcomeStep, by: 1 | -1): WelcomeStep | 'done' {
  return welcomeSteps[Math.max(0, welcomeSteps.indexOf(step) + by)] ?? 'done'
}
