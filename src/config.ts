import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import type { z } from 'zod'
import { SETTINGS, type SettingKey } from './config/settings.ts'
import { AnswerphoneError } from './shared/errors.ts'
import { explainIssue } from './shared/explain-issue.ts'
import { publicNames } from './shared/public-names.ts'
import { systemReason } from './shared/system-reason.ts'

/** How the machine is started. Everything else is in the database, and changes while it runs. */
export type Config = {
  readonly [Key in SettingKey]: z.output<(typeof SETTINGS)[Key]['read']>
}

/** A setting as it was given, before it is checked; several values for what may be given several times. */
type Given = string | readonly string[] | undefined

/** What the command line gave, by the keys of SETTINGS, and the path of the configuration file. */
export type Flags = { readonly [Key in SettingKey]?: Given } & { readonly config?: string | undefined }

/**
 * Reads the configuration: flags before environment before file before defaults. Rejects with AP_CONFIG_INVALID,
 * naming the flag, the variable, or the line of the file, or with AP_CONFIG_UNREADABLE.
 */
export function readConfig(flags: Flags, env: NodeJS.ProcessEnv): Config {
  const path = flags.config ?? env['ANSWERPHONE_CONFIG']
  const file = path ? readFile(path) : new Map<string, Entry>()
  const entries = Object.entries(SETTINGS).map(([key, setting]) => {
    const [given, where, folder] = findGiven(key as SettingKey, flags, env, file)
    const value = given === undefined ? setting.fallback : setting.many ? listOf(given) : given
    const result = setting.read.safeParse(
      setting.isPath && typeof value === 'string' ? resolve(folder, value) : value,
      { error: explainIssue },
    )
    if (!result.success) throw new AnswerphoneError('AP_CONFIG_INVALID', { where, why: whyOf(result.error) })
    return [key, result.data]
  })
  const config: Config = Object.fromEntries(entries)
  const whereOf = (key: SettingKey) => findGiven(key, flags, env, file)[1]
  requireWholeHttps(config, whereOf)
  const codes = ['menuCode', 'pickUpCode', 'listenCode', 'machineCode', 'quietCode'] as const
  const given = codes.filter((key) => findGiven(key, flags, env, file)[0] !== undefined)
  const twice = [...given, ...codes].find((key) =>
    codes.some((other) => other !== key && config[key] !== undefined && config[other] === config[key]),
  )
  if (twice !== undefined)
    throw new AnswerphoneError('AP_CONFIG_INVALID', {
      where: whereOf(twice),
      why: `"${config[twice]}" is the code for another thing, too; listening in, picking up, the menu and the two switches need one each`,
    })
  return config
}

/** Certificates need HTTPS or SIP by TLS, a certificate its key, and an authority a name that it can look up. */
function requireWholeHttps(config: Config, whereOf: (key: SettingKey) => string): void {
  const refuse = (key: SettingKey, why: string) => {
    throw new AnswerphoneError('AP_CONFIG_INVALID', { where: whereOf(key), why })
  }
  const { https, sips, certificate, certificateKey, acmeEmail } = config
  for (const key of ['certificate', 'certificateKey', 'acmeEmail'] as const)
    if (config[key] !== undefined && !https && sips.length === 0)
      refuse(key, 'say where it is shown, with --https HOST:PORT or --sips HOST:PORT')
  if (certificate !== undefined && certificateKey === undefined)
    refuse('certificate', 'its key is missing: name it with --certificate-key FILE')
  if (certificateKey !== undefined && certificate === undefined)
    refuse('certificateKey', 'its certificate is missing: name it with --certificate FILE')
  if (acmeEmail === undefined) return
  if (certificate !== undefined) refuse('acmeEmail', 'there is a --certificate already; take one of the two')
  if (publicNames(config.hostNames).length === 0)
    refuse('acmeEmail', 'an authority needs a public name: give it with --host-name NAME')
}

/** What was given, where, and the folder to which a relative path belongs. */
function findGiven(
  key: SettingKey,
  flags: Flags,
  env: NodeJS.ProcessEnv,
  file: ReadonlyMap<string, Entry>,
): [given: Given, where: string, folder: string] {
  const setting = SETTINGS[key]
  if (flags[key] !== undefined) return [flags[key], setting.flag, '.']
  const variable = env[setting.env]
  if (variable !== undefined && variable !== '') return [variable, setting.env, '.']
  const entry = file.get(key)
  if (entry) return [entry.value, entry.where, entry.folder]
  return [undefined, setting.flag, '.']
}

const listOf = (given: Given): readonly string[] =>
  typeof given === 'string' ? given.split(',').map((part) => part.trim()) : (given ?? [])

const whyOf = (error: z.ZodError) => error.issues.map(({ message }) => message).join('; ')

interface Entry {
  readonly value: Given
  /** File and line. */
  readonly where: string
  readonly folder: string
}

/** The settings of a YAML file, by key. */
function readFile(path: string): Map<string, Entry> {
  // Loaded only where there is a file: 3 MB that other machines need not hold.
  const { LineCounter, parseDocument } = createRequire(import.meta.url)('yaml') as typeof import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(readText(path), { lineCounter: lines })
  const at = (offset: number | undefined) => `${path}:${lines.linePos(offset ?? 0).line}`
  const [broken] = document.errors
  if (broken) {
    const why = broken.message.split(/ at line|\n/)[0] ?? ''
    throw new AnswerphoneError('AP_CONFIG_INVALID', { where: at(broken.pos[0]), why })
  }
  if (document.contents === null) return new Map()
  const settings: unknown = document.toJS()
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    throw new AnswerphoneError('AP_CONFIG_INVALID', { where: at(0), why: 'write one "key: value" a line' })
  return new Map(
    Object.entries(settings).map(([name, value]) => {
      const node = document.get(name, true) as { range?: readonly [number, number, number] } | undefined
      const where = at(node?.range?.[0])
      const key = (Object.keys(SETTINGS) as SettingKey[]).find(
        (known) => SETTINGS[known].flag === `--${name}`,
      )
      if (!key) {
        const known = Object.values(SETTINGS).map(({ flag }) => flag.slice(2))
        const why = `there is no setting "${name}"; there are ${known.join(', ')}`
        throw new AnswerphoneError('AP_CONFIG_INVALID', { where, why })
      }
      const given = Array.isArray(value) ? value.map(String) : value === null ? undefined : String(value)
      return [key, { value: given, where: `${where}, ${name}`, folder: dirname(path) }]
    }),
  )
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new AnswerphoneError(
      'AP_CONFIG_UNREADABLE',
      { file: path, why: systemReason(error) },
      { cause: error },
    )
  }
}
