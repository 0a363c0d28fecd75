import { arch, cpus, platform, release, totalmem } from 'node:os'
import type { Config } from '../../config.ts'
import type { Finding } from '../../doctor/finding.ts'
import { version } from '../../shared/version.ts'
import type { Store } from '../../store/store.ts'
import { cutNames, cutUser, type OwnNames } from '../../trace/cut-names.ts'
import { unpackTrace } from '../../trace/pack.ts'
import { writePcap } from '../../trace/pcap.ts'
import type { Trace } from '../../trace/trace.ts'
import { show } from '../doctor.ts'
import { ladderText, messagesText } from '../ladder.ts'
import { reportReadme } from './readme.ts'
import { shownConfig } from './shown-config.ts'
import { asIs, cut, shownCall, shownLine, shownPhone } from './shown-house.ts'

export interface ReportOptions {
  readonly config: Config
  /** Undefined: there is no database yet. */
  readonly store: Store | undefined
  readonly findings: readonly Finding[]
  /** Only the ladder of this call. */
  readonly callId?: string | undefined
  readonly withNumbers: boolean
}

/** Files of the report by their names, in the order in which they should be read. */
export type ReportFiles = ReadonlyMap<string, string | Uint8Array>

const MOST_LADDERS = 10
const MOST_CALLS = 50
const LADDER_WIDTH = 120

/** All that a report holds: only what is named here and in `shown-…` gets into it. */
export async function gatherReport(options: ReportOptions): Promise<ReportFiles> {
  const { config, store, findings, withNumbers } = options
  const number = withNumbers ? asIs : cut
  const lines = (await store?.lines.list()) ?? []
  const phones = (await store?.phones.list()) ?? []
  const registrations = (await store?.registrations.list()) ?? []
  const bindings = (await store?.bindings.list()) ?? []
  const calls = (await store?.calls.list({ limit: MOST_CALLS }))?.rows ?? []
  const own: OwnNames = new Set([...lines, ...phones].map(({ name }) => name))
  const traces = store ? await tracesOf(store, options.callId) : []
  const said = findings.map((finding) => show(finding, false)).join('')
  const numbers = [
    ...lines.flatMap(({ number, account }) => [number, account?.user, account?.authUser]),
    ...calls.map(({ callerNumber }) => callerNumber),
  ]
  return new Map<string, string | Uint8Array>([
    ['README.txt', reportReadme({ version, withNumbers, ladders: traces.length })],
    ['about.json', json(about())],
    ['doctor.txt', withNumbers ? said : without(said, numbers)],
    ['config.json', json(shownConfig(config))],
    [
      'lines.json',
      json(
        lines.map((line) =>
          shownLine(
            line,
            registrations.find(({ lineId }) => lineId === line.id),
            number,
          ),
        ),
      ),
    ],
    ['phones.json', json(phones.map((phone) => shownPhone(phone, bindings)))],
    ['calls.json', json(calls.map((call) => shownCall(call, number)))],
    ...traces.flatMap((trace) => ladderFiles(withNumbers ? trace : cutNames(trace, own))),
  ])
}

function about() {
  return {
    version,
    node: process.versions.node,
    platform: platform(),
    release: release(),
    arch: arch(),
    processors: cpus().length,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    madeAt: new Date().toISOString(),
  }
}

async function tracesOf(store: Store, callId: string | undefined): Promise<readonly Trace[]> {
  const ids =
    callId === undefined
      ? (await store.traces.list({ limit: MOST_LADDERS })).rows.map(({ id }) => id)
      : [callId]
  const rows = await Promise.all(ids.map((id) => store.traces.get(id)))
  return rows.flatMap((row) => (row ? [unpackTrace(row)] : []))
}

const ladderFiles = (trace: Trace): [string, string | Uint8Array][] => [
  [`ladders/${trace.id}.txt`, ladderText(trace, LADDER_WIDTH)],
  [`ladders/${trace.id}.messages.txt`, messagesText(trace)],
  [`ladders/${trace.id}.pcap`, writePcap(trace)],
]

/** A text in which these are cut, wherever they stand. */
function without(text: string, numbers: readonly (string | null | undefined)[]): string {
  let left = text
  for (const number of numbers) if (number) left = left.replaceAll(number, cutUser(number))
  return left
}

const json = (what: unknown): string => `${JSON.stringify(what, null, 2)}\n`
