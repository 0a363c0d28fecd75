import { lookup } from 'node:dns/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { prepareSetup } from './api/auth/setup-link.ts'
import { createApi } from './api/create-api.ts'
import { openCertificate } from './api/tls/open-certificate.ts'
import { startStir } from './caller/stir/start-stir.ts'
import { certificateOf } from './config/certificate-of.ts'
import { mailAccountsOf } from './config/mail-accounts.ts'
import type { Config } from './config.ts'
import { keepSynced } from './contacts/carddav/keep-synced.ts'
import { lookAround } from './doctor/check-address.ts'
import { isClockKept } from './doctor/check-clock.ts'
import { checkStore } from './doctor/check-data.ts'
import { examine } from './doctor/examine.ts'
import { keepLists } from './lists/keep-lists.ts'
import { createListDesk } from './lists/list-desk.ts'
import { createMachine } from './machine/create-machine.ts'
import { createMailboxes } from './mailbox/create-mailboxes.ts'
import { ensureDefaults } from './mailbox/ensure-defaults.ts'
import { createGreetings } from './mailbox/greetings.ts'
import { keepTidy } from './mailbox/keep-tidy.ts'
import { createMediaEngine } from './media/create-engine.ts'
import { pairsIn } from './media/front/port-pool.ts'
import { recoverTakes } from './media/recorder/recover-takes.ts'
import { mailHouseNews } from './notify/mail/mail-house-news.ts'
import { mailNewMessage } from './notify/mail/mail-new-message.ts'
import { openOutbox } from './notify/mail/outbox.ts'
import { sendMail } from './notify/mail/send-mail.ts'
import { isForPush } from './notify/push/open-push.ts'
import { startPush } from './notify/push/start-push.ts'
import { openHouseQuiet } from './notify/quiet/house-quiet.ts'
import { diskUse, makeRoomFor } from './room.ts'
import { noteRunning } from './running.ts'
import { bracketed } from './shared/bracketed.ts'
import { type Clock, systemClock } from './shared/clock.ts'
import { AnswerphoneError } from './shared/errors.ts'
import { idMaker } from './shared/ids.ts'
import type { Log } from './shared/log.ts'
import { makeFolder } from './shared/make-folder.ts'
import { ownAddresses } from './shared/own-addresses.ts'
import { publicNames } from './shared/public-names.ts'
import { systemRandom } from './shared/random.ts'
import type { Reach } from './shared/reach.ts'
import {
  createWebSocketTransport,
  keepNameRecords,
  locate,
  openEndpoint,
  systemNameRecords,
  type WebSocketTransport,
} from './sip/index.ts'
import type { Message } from './store/model.ts'
import { claimFolder } from './store/sqlite/claim-folder.ts'
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts'
import type { Store } from './store/store.ts'
import { openTelling } from './telling.ts'
import { openTranscription, type Transcription } from './transcribe/open-transcription.ts'
import { keepTranscription } from './transcribe/settings.ts'
import { openHouseVoice } from './voice/house-voice.ts'
import { keepVoice } from './voice/settings.ts'

/** A machine that takes calls. */
export interface Answerphone {
  /** HOST:PORT of the first SIP address, and of the page. */
  readonly sip: string
  readonly http: string
  /** Undefined unless it is asked for. */
  readonly https: string | undefined
  /** Where SIP comes by TLS, the first of them; undefined unless it is asked for. */
  readonly sips: string | undefined
  /** The one-time link that makes the owner's account; undefined once there is one. */
  readonly setupLink: string | undefined
  /** Refuses new calls, lets those in progress finish (at most `patienceMs`), closes everything. */
  stop(patienceMs: number): Promise<void>
}

/** What a test may have otherwise; nothing that starts the program has these. */
export interface TestOptions {
  readonly pushReach?: Reach
  readonly stirReach?: Reach
}

/** Room on the disk held back for the rows of calls that are in the journal already. */
const DATABASE_RESERVE_BYTES = 4 << 20
/** To a phone that comes by WebSocket while the machine starts: try again later (the close codes of RFC 6455). */
const NOT_YET = 1013

/**
 * Puts the whole together and starts it: database, what a crash left in the journal, media, machine, API, and SIP last,
 * so that whoever gets an answer gets all of it. Rejects with an AnswerphoneError that says what is in the way; then
 * nothing stays open.
 */
export async function startAnswerphone(
  config: Config,
  log: Log,
  { pushReach, stirReach }: TestOptions = {},
): Promise<Answerphone> {
  const clock = systemClock
  const random = systemRandom
  const makeId = idMaker(clock, random)
  const folder = (name: string) => join(config.data, name)
  const folders = {
    recordings: folder('recordings'),
    journal: folder('journal'),
    greetings: folder('greetings'),
  }
  await using opened = new AsyncDisposableStack()

  await makeFolders([...Object.values(folders), folder('secrets')], config.data)
  opened.use(claimFolder(config.data))
  const store = opened.adopt(
    await openSqliteStore({
      file: folder('answerphone.db'),
      clock,
      makeId,
      log,
      reserveBytes: DATABASE_RESERVE_BYTES,
    }),
    (open) => open.close(),
  )
  await ensureDefaults(store, Intl.DateTimeFormat().resolvedOptions().timeZone)

  /** Opened once there are mailboxes; no call comes before. */
  let transcription: Transcription | undefined
  const recovered = await recover({ store, folders, clock, log })
  const media = opened.adopt(
    await createMediaEngine({
      // One thread records and paces more calls than two cores can carry; the main thread keeps a core for itself.
      workers: Math.min(4, Math.max(1, availableParallelism() - 1)),
      ports: config.rtpPorts,
      ownAddresses: () => ownAddresses(config.sip.map(({ host }) => host)),
      journalDir: folders.journal,
      recordingsDir: folders.recordings,
      journalBytes: config.journalBytes,
      hearTake: (take) => transcription?.hearTake(take),
    }),
    (open) => open.close(),
  )
  const mailboxes = createMailboxes({ store, recordings: { dir: folders.recordings }, media, clock, log })
  opened.defer(() => mailboxes.settle())
  const keptTranscription = keepTranscription(store, config.data)
  const words = opened.use(await openTranscription({ store, mailboxes, kept: keptTranscription, clock, log }))
  transcription = words

  const mail = { accounts: mailAccountsOf(config.data, process.env), send: sendMail }
  const mailIt = (message: Pick<Message, 'id' | 'mailboxId' | 'state'>) =>
    mailNewMessage(message, {
      ...{ store, accounts: mail.accounts, clock, makeId },
      waitMs: words.waitMs,
    }).catch((error) =>
      log.error({ err: error, messageId: message.id }, 'a new message could not be queued for mail'),
    )
  for (const message of recovered) await mailIt(message)

  const greetings = createGreetings({ store: store.greetings, dir: folders.greetings, clock, makeId })
  const keptVoice = keepVoice(store, keptTranscription.models)
  const voice = opened.use(openHouseVoice({ command: config.voiceCommand, kept: keptVoice, clock }))
  const records = keepNameRecords(systemNameRecords, clock)
  const stir = await startStir(config.stirTrust, { reach: stirReach, clock, log })
  if (stir) opened.defer(() => stir.close())
  const whereIs = (uri: string) => locate(uri, { records, random })
  const machine = opened.adopt(
    await createMachine({
      store,
      mailboxes,
      media,
      capacity: pairsIn(config.rtpPorts),
      greetingsDir: folders.greetings,
      menu: { mailboxes, greetings, recordingsDir: folders.recordings },
      ...(config.publicAddress === undefined ? {} : { publicAddress: config.publicAddress }),
      ...(config.stunServer && { stun: { server: config.stunServer, resolve: resolveIPv4 } }),
      disk: () => diskUse(mailboxes, config.data),
      keepAliveMs: config.keepAliveSeconds * 1000,
      stir,
      phones: config,
      locate: whereIs,
      makeId,
      clock,
      random,
      log,
    }),
    (open) => open.close(),
  )
  const nameOf = (number: string | null, e164?: string | null) =>
    machine.contactOf(number, e164)?.name ?? null
  opened.use(openOutbox({ store, mailboxes, ...mail, nameOf, clock, log }))
  const quiet = opened.use(await openHouseQuiet({ store, clock, log }))
  const push = config.push
    ? opened.use(
        await startPush({
          store,
          keysFile: join(config.data, 'secrets', 'push.json'),
          contact: contactOf(config),
          nameOf,
          mayRing: () => machine.switches().doNotDisturb === null && !quiet.isQuiet(),
          isQuiet: quiet.isQuiet,
          reach: pushReach,
          clock,
          log,
        }),
      )
    : undefined
  if (push)
    opened.defer(
      machine.watch((event) => {
        if (!isForPush(event)) return
        if (event.kind !== 'message-added') push.take(event)
        else void words.ready(event.messageId).finally(() => push.take(event))
      }),
    )
  opened.use(makeRoomFor(machine, { store, mailboxes, clock, log }))
  machine.watch(mailHouseNews({ store, accounts: mail.accounts, clock, makeId, log }))
  machine.watch((event) => {
    if (event.kind === 'message-added') void mailboxes.get(event.messageId).then(mailIt, () => undefined)
    if (event.kind === 'message-added') void words.messageAdded(event.messageId)
    if (event.kind === 'name-said')
      void words.nameSaid(event.callId, event.name).then((said) => machine.nameWritten(event.callId, said))
    if (event.kind === 'call-ended') words.callEnded(event.callId)
  })
  /** Where it listens itself; filled in below. */
  const ownPorts: number[] = []
  const telling = opened.use(
    openTelling({
      ...{ store, mailboxes, words, quiet, machine, publicOnly: config.webhooksPublic, ownPorts },
      ...{ clock, random, log },
    }),
  )
  const reach = () => ({ publicOnly: config.webhooksPublic, ownPorts })
  const lists = createListDesk({ store, reach, clock, random })
  /** Opened last, yet /metrics may be asked before. */
  let endpoint: Awaited<ReturnType<typeof openEndpoint>> | undefined
  let webSockets: WebSocketTransport | undefined
  let served: { readonly http: string; readonly https: string | undefined } = { http: '', https: undefined }
  const certificate =
    config.https || config.sips.length > 0
      ? await openCertificate({
          choice: certificateOf(config),
          dir: join(config.data, 'secrets', 'https'),
          hostNames: config.hostNames,
          clock,
          log,
        })
      : undefined
  const api = opened.adopt(
    await createApi({
      store,
      mailboxes,
      greetings,
      voice,
      keptVoice,
      machine,
      lists,
      mail,
      keptTranscription,
      transcription: words,
      carriers: telling.carriers,
      mqttStanding: telling.mqttStanding,
      doctor: {
        rtpPorts: config.rtpPorts,
        examine: async () =>
          examine({
            setup: config,
            running: { pid: process.pid, sip: endpoint?.locals ?? [], ...served },
            store,
            database: await checkStore(store),
            surroundings: lookAround(config),
            locate: whereIs,
            certificate: certificate?.current.cert,
            registrarClocks: machine.registrarClocks(),
            isClockKept,
            clock,
          }),
      },
      makeId,
      clock,
      random,
      log,
      hostNames: config.hostNames,
      trustedProxies: config.trustedProxies,
      rtpPacketsIgnored: () => machine.rtpPacketsIgnored,
      answeredLines: () => machine.lines,
      phonesInUse: () => machine.phonesInUse,
      sipPlaces: () => endpoint?.locals ?? [],
      dataDir: config.data,
      ...(certificate && { certificate }),
      ...(push && { push }),
      sipInUse: () => endpoint?.size ?? { dialogs: 0, transactions: 0 },
      acceptPhone: (connection) =>
        webSockets ? webSockets.accept(connection) : connection.socket.close(NOT_YET),
    }),
    (open) => open.close(),
  )
  const page = await api.listen(config.http.host, config.http.port)
  const secure = config.https && (await api.listenHttps(config.https.host, config.https.port))
  const setup = await prepareSetup({ store, clock, random })

  endpoint = opened.adopt(
    await openEndpoint({
      listen: config.sip.map(({ host, port }) => ({ address: host, port })),
      ...(certificate && {
        listenTls: config.sips.map(({ host, port }) => ({ address: host, port })),
        certificate: () => certificate.current,
      }),
      ...machine.capabilities,
      events: machine.events,
      tap: machine.tap,
      admits: machine.admits,
      answersStun: machine.answersStun,
      seenBy: machine.seenBy,
      publicAddress: config.publicAddress,
      clock,
      random,
      log,
    }),
    (open) => open.close(),
  )
  ownPorts.push(page.port, ...(secure ? [secure.port] : []), ...endpoint.locals.map(({ port }) => port))
  webSockets = createWebSocketTransport({
    local: { address: page.host, port: page.port },
    events: endpoint.receive,
    clock,
    log,
  })
  endpoint.attach(webSockets)
  machine.attach(endpoint)
  opened.use(keepLists({ store, desk: lists, clock, log }))
  opened.use(keepTidy({ mailboxes, store }, clock, log))
  opened.use(keepSynced({ store, reach, clock, log }))

  const [first] = endpoint.locals
  const byTls = endpoint.locals.find(({ transport }) => transport === 'tls')
  const http = hostPort(page.host, page.port)
  const https = secure && hostPort(secure.host, secure.port)
  served = { http, https }
  opened.use(await noteRunning(config.data, { sip: [...endpoint.locals], http, https }))
  const running = opened.move()
  return {
    sip: first ? hostPort(first.address, first.port) : '',
    http,
    https,
    sips: byTls && hostPort(byTls.address, byTls.port),
    setupLink: setup === undefined ? undefined : `http://${http}/#setup=${setup}`,
    async stop(patienceMs) {
      await machine.drain(patienceMs)
      await running.disposeAsync()
    },
  }
}

/** Whom a push service may write to (RFC 8292 §2.1); some take no push without an address that looks like one. */
function contactOf({ acmeEmail, hostNames }: Config): string {
  const [name] = publicNames(hostNames)
  if (acmeEmail !== undefined) return `mailto:${acmeEmail}`
  return name === undefined ? 'mailto:nobody@example.org' : `https://${name}`
}

async function makeFolders(folders: readonly string[], data: string): Promise<void> {
  try {
    for (const folder of folders) await makeFolder(folder)
  } catch (error) {
    throw new AnswerphoneError('AP_DATA_UNUSABLE', { data, why: (error as Error).message }, { cause: error })
  }
}

/**
 * Makes messages of what a crash left in the journal, and empties it once all of them are kept: before media opens,
 * which takes over the room.
 */
async function recover({
  store,
  folders,
  clock,
  log,
}: {
  readonly store: Store
  readonly folders: { readonly journal: string; readonly recordings: string }
  readonly clock: Clock
  readonly log: Log
}): Promise<readonly Message[]> {
  const recovery = await recoverTakes({ journalDir: folders.journal, recordingsDir: folders.recordings })
  // What recovery finds is saved already, and forgotten with the whole journal.
  const media = { whenSaved: async () => {}, releaseTake: () => {} }
  const mailboxes = createMailboxes({ store, recordings: { dir: folders.recordings }, media, clock, log })
  const { messages, unkept } = await mailboxes.adoptRecovered(recovery.takes)
  await mailboxes.settle()
  if (messages.length > 0)
    log.warn({ count: messages.length }, 'messages that were cut off by a crash were recovered')
  for (const { takeId, why } of recovery.failures)
    log.error({ takeId, err: why }, 'a message waits in the journal')
  if (unkept === 0) await recovery.discardJournals()
  return messages
}

const resolveIPv4 = async (host: string) =>
  (await lookup(host, { family: 4, all: true })).map(({ address }) => address)

const hostPort = (host: string, port: number) => `${bracketed(host)}:${port}`
