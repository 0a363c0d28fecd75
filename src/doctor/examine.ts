import type { Clock } from '../shared/clock.ts'
import type { Store } from '../store/store.ts'
import { checkAddress, type Surroundings } from './check-address.ts'
import { checkOwnCertificate, checkRegistrarCertificates, type Look } from './check-certificates.ts'
import { type ClockFacts, checkClock } from './check-clock.ts'
import { checkContactSources } from './check-contact-sources.ts'
import { checkFolder, checkSpace } from './check-data.ts'
import { checkLines } from './check-lines.ts'
import { checkMailboxes } from './check-mailboxes.ts'
import { checkNames, type Locate } from './check-names.ts'
import { checkNumberLists } from './check-number-lists.ts'
import { checkPhones, checkPhonesFrom } from './check-phones.ts'
import { checkPorts, checkRtpPorts } from './check-ports.ts'
import { checkNode, checkPage, checkPrompts } from './check-program.ts'
import { AREAS, type Finding } from './finding.ts'
import type { Running, Setup } from './setup.ts'

export interface Examination {
  readonly setup: Setup
  /** Undefined: no machine runs on this data directory. */
  readonly running: Running | undefined
  /** Undefined: there is none, or it can't be opened. */
  readonly store:
    | Pick<
        Store,
        | 'lines'
        | 'registrations'
        | 'phones'
        | 'bindings'
        | 'numberLists'
        | 'contactSources'
        | 'mailboxes'
        | 'messages'
      >
    | undefined
  /** What is to be said of the database. */
  readonly database: { readonly finding: Finding; readonly newestCallAt?: number }
  readonly surroundings: Surroundings
  readonly locate: Locate
  readonly look?: Look
  /** PEM; undefined: none is shown. */
  readonly certificate?: string | undefined
  /** By the Date of registrars' answers; known to the machine that runs, alone. */
  readonly registrarClocks?: ClockFacts['registrars']
  readonly isClockKept: () => Promise<boolean | undefined>
  readonly clock: Pick<Clock, 'now'>
}

/**
 * Looks at everything that takes no call, and says what is in order, what is not, and what to do about it: by area, and in
 * it the worst first. Nobody is asked but name servers, and by TLS the registrars of lines that register so.
 */
export async function examine(examination: Examination): Promise<readonly Finding[]> {
  const { setup, running, store, database, clock } = examination
  const now = clock.now()
  const [folder, space, isKept, ofStore] = await Promise.all([
    checkFolder(setup.data),
    checkSpace(setup.data),
    examination.isClockKept(),
    store ? lookInto(store, examination) : [],
  ])
  const { newestCallAt } = database
  const findings = [
    checkNode(process.versions.node),
    checkPrompts(),
    checkPage(),
    folder,
    space,
    database.finding,
    checkClock({ now, newestCallAt, registrars: examination.registrarClocks ?? [], isKept }),
    ...(await checkPorts(setup, running)),
    await checkRtpPorts(setup),
    ...(examination.certificate === undefined ? [] : [checkOwnCertificate(examination.certificate, now)]),
    ...ofStore,
    checkPhonesFrom(setup),
  ]
  return findings.toSorted(
    (a, b) =>
      AREAS.indexOf(a.area) - AREAS.indexOf(b.area) || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level),
  )
}

const LEVELS = ['fail', 'warn', 'ok'] as const

async function lookInto(
  store: NonNullable<Examination['store']>,
  { setup, running, surroundings, locate, look, clock }: Examination,
): Promise<Finding[]> {
  const lines = await store.lines.list()
  const found = await Promise.all([
    checkAddress(store, setup, surroundings),
    checkMailboxes(store),
    checkLines(store, running !== undefined),
    checkPhones(store, { clock }),
    checkNumberLists(store, clock.now()),
    checkContactSources(store),
    checkNames(lines, locate),
    checkRegistrarCertificates(lines, { locate, now: clock.now(), ...(look && { look }) }),
  ])
  return found.flat()
}
