import type { Line } from '../../store/model.ts'
import type { SoundTestChoice } from '../contract.ts'
import { linePresets } from '../presets/line-presets.ts'

/** Numbers by which the sound of these lines may be tested: what a preset knows of its provider, and their own. */
export function soundTestChoices(lines: readonly Line[]): SoundTestChoice[] {
  return lines.flatMap(({ name, number, account, callBack }) => {
    if (!account && callBack === null) return []
    const host = hostOf(account?.registrar ?? '')
    const echoes = linePresets.filter(({ echo, registrar, registrarExample }) =>
      echo === null ? false : isOf(host, hostOf(registrar ?? registrarExample ?? '')),
    )
    const own = number ?? (/^\+?\d{6,}$/.test(account?.user ?? '') ? (account?.user ?? null) : null)
    return [
      ...echoes.map(({ echo }) => ({ line: name, number: echo ?? '', kind: 'echo' as const })),
      ...(own === null || !/^\+?[\d*#]{1,32}$/.test(own)
        ? []
        : [{ line: name, number: own, kind: 'own' as const }]),
    ]
  })
}

const hostOf = (uri: string) =>
  uri
    .replace(/^sip:/, '')
    .replace(/[:;].*$/, '')
    .toLowerCase()

/** Another server of the same provider is in the same domain. */
function isOf(host: string, known: string): boolean {
  if (host === '' || /^[\d.]+$/.test(known)) return false
  const domain = known.split('.').slice(-2).join('.')
  return host === known || host === domain || host.endsWith(`.${domain}`)
}
