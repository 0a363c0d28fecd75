import { unreachable } from '../../shared/step.ts'
import type { Who } from './authenticate.ts'

/** How the audit names whoever makes a request: `user:ada`, `token:backup`. */
export function nameOf(who: Who): string {
  switch (who.kind) {
    case 'session':
      return `user:${who.user.name}`
    case 'token':
      return `token:${who.token.name}`
    case 'nobody':
      return 'nobody'
    default:
      return unreachable(who)
  }
}
