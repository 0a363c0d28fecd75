import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemReason } from '../../shared/system-reason.ts'
import type { Kind } from './house.ts'
import { isObject } from './is-object.ts'
import type { Complain } from './read-wanted.ts'
import { type Path, SECRETS } from './wanted.ts'

/** Where secrets are read from that a file does not hold itself. */
export interface SecretSources {
  readonly env: NodeJS.ProcessEnv
  /** To which paths of files are relative. */
  readonly folder: string
}

/**
 * The fields of a thing with its secret in place of `passwordFile: PATH` or `passwordEnv: NAME` (`pin…`, `secret…`). What
 * can't be read is a complaint, and never shown.
 */
export function readSecretPlaces(
  kind: Kind,
  fields: unknown,
  path: Path,
  { env, folder }: SecretSources,
  complain: Complain,
): unknown {
  const place = SECRETS[kind]
  if (!place || !isObject(fields)) return fields
  const { within, key, standIn } = place
  if (within !== undefined) {
    const inner = fields[within]
    return isObject(inner) ? { ...fields, [within]: settle(inner, [...path, within]) } : fields
  }
  return settle(fields, path)

  function settle(holder: Readonly<Record<string, unknown>>, at: Path): object {
    const { [`${key}File`]: file, [`${key}Env`]: name, ...rest } = holder
    const given = [rest[key], file, name].filter((one) => one !== undefined)
    if (given.length > 1) complain([...at, key], `give one of ${key}, ${key}File and ${key}Env`)
    if (file !== undefined) {
      if (typeof file !== 'string') complain([...at, `${key}File`], 'a path is wanted')
      else
        try {
          return { ...rest, [key]: readFileSync(resolve(folder, file), 'utf8').replace(/\r?\n$/, '') }
        } catch (error) {
          complain([...at, `${key}File`], `can't be read: ${systemReason(error)}`)
        }
    }
    if (name !== undefined) {
      const secret = typeof name === 'string' ? env[name] : undefined
      if (secret) return { ...rest, [key]: secret }
      complain([...at, `${key}Env`], 'the environment has no variable of this name')
    }
    return file === undefined && name === undefined ? rest : { ...rest, ...(standIn && { [key]: standIn }) }
  }
}
