import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Machine } from '../machine/machine.ts'
import type { Line } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { readNames } from './views/names.ts'

/** What Prometheus reads. */
export interface Metrics {
  readonly contentType: string
  /** The text of /metrics; it asks the machine and the store for what stands now. */
  read(): Promise<string>
  observeRequest(request: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly lastedMs: number
  }): void
  close(): void
}

export interface MetricsOptions {
  readonly machine: Pick<Machine, 'watch' | 'liveCalls' | 'health'>
  readonly store: Pick<Store, 'mailboxes' | 'lines' | 'messages' | 'registrations' | 'numberLists'>
  /** RTP packets ignored since the start: injected, or stray. */
  readonly rtpPacketsIgnored?: () => number
  /** The lines as the machine answers them now. */
  readonly answeredLines?: () => readonly Pick<Line, 'name' | 'ringSeconds'>[]
  /** What the owner's phones are at. */
  readonly phonesInUse?: () => PhonesInUse
  /** What SIP holds: both fall back to 0 after the last call, or something leaks. */
  readonly sipInUse?: () => SipInUse
}

export interface PhonesInUse {
  readonly registered: number
  readonly houseCalls: number
  /** Networks that are banned for guessing passwords. */
  readonly banned: number
}

const NO_PHONES: PhonesInUse = { registered: 0, houseCalls: 0, banned: 0 }

export interface SipInUse {
  readonly dialogs: number
  readonly transactions: number
}

const NO_SIP: SipInUse = { dialogs: 0, transactions: 0 }

export function createMetrics(options: MetricsOptions): Metrics {
  const {
    machine,
    store,
    rtpPacketsIgnored = () => 0,
    sipInUse = () => NO_SIP,
    answeredLines = () => [],
    phonesInUse = () => NO_PHONES,
  } = options
  const register = new Registry()
  const registers = [register]
  const calls = new Counter({
    name: 'answerphone_calls_total',
    help: 'Calls that have ended, by how they went',
    labelNames: ['outcome'],
    registers,
  })
  const requests = new Histogram({
    name: 'answerphone_http_request_seconds',
    help: 'Time to the end of the answer to an HTTP request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2],
    registers,
  })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `answerphone_${name}`,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('live_calls', 'Calls going on', () => machine.liveCalls().length)
  gauge('sip_dialogs', 'SIP dialogs, early and confirmed', () => sipInUse().dialogs)
  gauge(
    'sip_transactions',
    'SIP transactions, of which each lasts up to 32 s after its end',
    () => sipInUse().transactions,
  )
  gauge(
    'problems',
    'What keeps the machine from taking messages; 0 when all is well',
    () => machine.health().problems.length,
  )
  gauge('phones_registered', 'Phones that can be reached now', () => phonesInUse().registered)
  gauge('house_calls', 'Calls from phones that go on, to each other or out', () => phonesInUse().houseCalls)
  gauge(
    'banned_networks',
    'Networks that hear nothing for a while, because somebody there was guessing passwords of phones',
    () => phonesInUse().banned,
  )
  gauge('memory_bytes', 'Resident memory of the process', () => process.memoryUsage.rss())
  new Gauge({
    name: 'answerphone_messages',
    help: 'Messages, by mailbox and state',
    labelNames: ['mailbox', 'state'],
    registers,
    async collect() {
      const [counts, names] = await Promise.all([store.messages.counts(), readNames(store)])
      this.reset()
      for (const { mailboxId, state, count } of counts)
        this.set({ mailbox: names.mailbox(mailboxId), state }, count)
    },
  })
  new Gauge({
    name: 'answerphone_line_ring_seconds',
    help: 'How long each line rings before the machine answers; a line that is changed is seen here once calls are answered so',
    labelNames: ['line'],
    registers,
    collect() {
      this.reset()
      for (const { name, ringSeconds } of answeredLines()) this.set({ line: name }, ringSeconds)
    },
  })
  new Gauge({
    name: 'answerphone_line_registered',
    help: '1 while the line is registered with its account, 0 while it is not',
    labelNames: ['line'],
    registers,
    async collect() {
      const [lines, registrations] = await Promise.all([store.lines.list(), store.registrations.list()])
      this.reset()
      for (const { id, name, account } of lines) {
        const registration = registrations.find(({ lineId }) => lineId === id)
        if (account) this.set({ line: name }, registration?.state === 'registered' ? 1 : 0)
      }
    },
  })
  new Gauge({
    name: 'answerphone_block_list_numbers',
    help: 'Numbers, and beginnings of numbers, on each block list',
    labelNames: ['list'],
    registers,
    async collect() {
      this.reset()
      for (const { name, count } of await store.numberLists.list()) this.set({ list: name }, count)
    },
  })
  new Gauge({
    name: 'answerphone_block_list_read_seconds',
    help: 'When each block list was last read, in seconds since 1970; 0: never',
    labelNames: ['list'],
    registers,
    async collect() {
      this.reset()
      for (const { name, readAt } of await store.numberLists.list())
        this.set({ list: name }, (readAt ?? 0) / 1000)
    },
  })
  counter(
    registers,
    'rtp_packets_ignored_total',
    'RTP packets from elsewhere than the caller',
    rtpPacketsIgnored,
  )
  counter(registers, 'cpu_seconds_total', 'Processor time used, all threads', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })

  const unwatch = machine.watch((event) => {
    if (event.kind === 'call-ended') calls.inc({ outcome: event.outcome })
  })
  return {
    contentType: register.contentType,
    read: () => register.metrics(),
    observeRequest({ method, route, status, lastedMs }) {
      requests.observe({ method, route, status }, lastedMs / 1000)
    },
    close: unwatch,
  }
}

/** A counter that something else counts. */
function counter(registers: Registry[], name: string, help: string, read: () => number): void {
  new Counter({
    name: `answerphone_${name}`,
    help,
    registers,
    collect() {
      this.reset()
      this.inc(read())
    },
  })
}
