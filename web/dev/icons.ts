import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startChromium } from '../../test/helpers/browser.ts'
import { isLit, SEGMENTS, type Segment } from '../src/format/seven-segments.ts'

/** `node web/dev/icons.ts`: draws the icons of the installed app into web/public/icons, the lamp on its glass. */
const folder = join(import.meta.dirname, '..', 'public', 'icons')

interface Icon {
  readonly name: string
  readonly size: number
  /** How much of the edge the digit keeps free: a mask may cut a fifth away on each side. */
  readonly scale: number
  /** Of the corners, in 150ths. */
  readonly round: number
  /** White on nothing: what is lit alone. */
  readonly outline?: boolean
}

const icons: readonly Icon[] = [
  { name: 'lamp-192', size: 192, scale: 1.05, round: 32 },
  { name: 'lamp-512', size: 512, scale: 1.05, round: 32 },
  { name: 'lamp-maskable-192', size: 192, scale: 0.8, round: 0 },
  { name: 'lamp-maskable-512', size: 512, scale: 0.8, round: 0 },
  // iOS rounds the corners itself, and takes no transparent ones.
  { name: 'apple-touch-icon', size: 180, scale: 0.95, round: 0 },
  // In a status bar only the outline counts.
  { name: 'badge-96', size: 96, scale: 1.3, round: 0, outline: true },
]

/** A 1, the message that waits, glowing among the segments that are dark. */
function draw({ size, scale, round, outline = false }: Icon): string {
  const stroke = (name: Segment, d: string) =>
    isLit(1, name)
      ? `<path d="${d}" stroke="#ff6130" stroke-opacity=".35" stroke-width="22" filter="url(#glow)"/><path d="${d}" stroke="#ff6a3a"/>`
      : `<path d="${d}" stroke="#3a2a23"/>`
  if (outline) return drawOutline(size, scale)
  const segments = (Object.entries(SEGMENTS) as [Segment, string][])
    // What glows lies over what does not.
    .sort(([one], [other]) => Number(isLit(1, one)) - Number(isLit(1, other)))
    .map(([name, d]) => stroke(name, d))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 150 150">
    <defs><radialGradient id="glass" cx=".35" cy=".2" r="1.1"><stop offset="0" stop-color="#2e2621"/><stop offset="1" stop-color="#15100d"/></radialGradient>
    <filter id="glow" filterUnits="userSpaceOnUse" x="-60" y="-60" width="270" height="270"><feGaussianBlur stdDeviation="7"/></filter></defs>
    <rect width="150" height="150" rx="${round}" fill="url(#glass)"/>
    <g transform="translate(${(150 - 60 * scale) / 2} ${(150 - 100 * scale) / 2}) scale(${scale})" fill="none" stroke-width="12" stroke-linecap="round">${segments.join('')}</g>
  </svg>`
}

/** An 8 of which all is lit: the lamp, told from its outline. */
function drawOutline(size: number, scale: number): string {
  const paths = Object.values(SEGMENTS).map((d) => `<path d="${d}"/>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 150 150"><g transform="translate(${(150 - 60 * scale) / 2} ${(150 - 100 * scale) / 2}) scale(${scale})" fill="none" stroke="#fff" stroke-width="11" stroke-linecap="round">${paths.join('')}</g></svg>`
}

const browser = await startChromium()
const page = await browser.newPage()
await mkdir(folder, { recursive: true })
for (const icon of icons) {
  await page.setViewportSize({ width: icon.size, height: icon.size })
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${draw(icon)}`)
  await writeFile(join(folder, `${icon.name}.png`), await page.screenshot({ omitBackground: true }))
}
await browser.close()
