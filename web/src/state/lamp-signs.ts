import { effect } from '@preact/signals'
import { digitsOf, isLit, SEGMENTS, type Segment } from '../format/seven-segments.ts'
import { words } from '../i18n/words.ts'
import { newCount } from './messages.ts'

/** The tab is a lamp too: the count in its title, the lit digits as its icon, and the installed app's badge. */
export function showLampInTab(): void {
  effect(() => {
    const count = newCount.value
    document.title = count > 0 ? `(${count}) ${words.value.name}` : words.value.name
    document
      .querySelector<HTMLLinkElement>('link[rel="icon"]')
      ?.setAttribute('href', `data:image/svg+xml,${encodeURIComponent(drawIcon(count))}`)
    showBadge(count)
  })
}

/** Badging API: no browser has to have it, and what is not installed, or may not, has no badge to be missed. */
function showBadge(count: number): void {
  if (!('setAppBadge' in navigator)) return
  const shown = count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()
  shown.catch(() => {})
}

/** The favicon: the lamp's digits on its glass, or one dark digit when there is nothing new. */
export function drawIcon(count: number): string {
  const digits = digitsOf(count)
  const places: readonly (number | undefined)[] = digits.length === 0 ? [undefined] : digits
  const scale = places.length === 1 ? 1.15 : 0.95
  const width = 60 * scale * places.length
  const drawn = places.map((digit, place) => {
    const x = (150 - width) / 2 + place * 60 * scale
    return `<g transform="translate(${x} ${(150 - 100 * scale) / 2}) scale(${scale})">${drawDigit(digit)}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 150"><rect width="150" height="150" rx="32" fill="#1b1714"/><g fill="none" stroke-width="13" stroke-linecap="round">${drawn.join('')}</g></svg>`
}

function drawDigit(digit: number | undefined): string {
  const segments = Object.entries(SEGMENTS) as [Segment, string][]
  return segments
    .map(([name, d]) => {
      const lit = digit !== undefined && isLit(digit, name)
      // Unlit segments beside lit ones would only blur them at 16 px.
      if (digit !== undefined && !lit) return ''
      return `<path d="${d}" stroke="${lit ? '#ff6a3a' : '#4a342b'}"/>`
    })
    .join('')
}
