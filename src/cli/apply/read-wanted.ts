import { z } from 'zod'
import { explainIssue } from '../../shared/explain-issue.ts'
import { type Fields, HOUSE, KINDS, type Kind } from './house.ts'
import { isObject } from './is-object.ts'
import { nearest } from './nearest.ts'
import { readSecretPlaces, type SecretSources } from './read-secret-places.ts'
import { type Entry, FIELDS, NAMES, type Path, type Wanted } from './wanted.ts'

/** Says what is wrong, and where in the file. */
export type Complain = (path: Path, why: string) => void

/** What a file declares, checked by the schemas of the API; a key that they do not know is a complaint, too. */
export function readWanted(file: unknown, sources: SecretSources, complain: Complain): Wanted {
  const kinds = new Set<Kind>()
  if (file === null || file === undefined) return { kinds, entries: [], broken: [] }
  if (!isObject(file)) {
    complain([], `write one section a key: ${KINDS.join(', ')}`)
    return { kinds, entries: [], broken: [] }
  }
  const entries: Entry[] = []
  const broken: Wanted['broken'][number][] = []
  for (const [section, things] of Object.entries(file)) {
    const kind = KINDS.find((one) => one === section)
    if (!kind) {
      complain([section], unknownKey(section, KINDS))
      continue
    }
    kinds.add(kind)
    for (const { name, path, fields: whole } of list(kind, things, complain)) {
      const { was, written } = takeWas(kind, whole, path, complain)
      const fields = readSecretPlaces(kind, written, path, sources, complain)
      const named = NAMES[kind].safeParse(name, { error: explainWritten })
      for (const issue of named.error?.issues ?? []) complain(path, issue.message)
      const read = FIELDS[kind].safeParse(fields, { error: explainWritten })
      const issues = read.error?.issues ?? []
      for (const issue of issues)
        if (issue.code !== 'unrecognized_keys') complain([...path, ...(issue.path as Path)], issue.message)
      for (const at of read.success ? [] : unknownIn(fields, issues, keysOf(kind)))
        complain([...path, ...at], unknownKey(`${at.at(-1)}`, keysOf(kind)))
      const entry = { kind, name: `${named.data ?? name}`, path, ...was }
      if (read.success && named.success) entries.push({ ...entry, fields: read.data as Fields })
      else broken.push({ ...entry, fields: written })
    }
  }
  const seen = new Set<string>()
  for (const { kind, name, path } of entries) {
    if (seen.has(`${kind} ${name}`)) complain(path, 'there is another of this name; give it one of its own')
    seen.add(`${kind} ${name}`)
  }
  return { kinds, entries, broken }
}

/** The name that a thing had before, which no schema knows. */
function takeWas(kind: Kind, whole: unknown, path: Path, complain: Complain) {
  if (kind === 'house' || !isObject(whole) || whole['was'] === undefined) return { was: {}, written: whole }
  const { was, ...written } = whole
  const read = NAMES[kind].safeParse(was, { error: explainWritten })
  for (const issue of read.error?.issues ?? []) complain([...path, 'was'], issue.message)
  return { was: read.success ? { was: `${read.data}` } : {}, written }
}

interface Written {
  readonly name: unknown
  readonly path: Path
  readonly fields: unknown
}

/** The things of a section: the house is one, rules are a list, because they have an order; all others stand under their names. */
function list(kind: Kind, things: unknown, complain: Complain): Written[] {
  if (things === null) return []
  if (kind === 'house') return [{ name: HOUSE, path: [kind], fields: things }]
  if (kind === 'rules') {
    if (Array.isArray(things))
      return things.flatMap((rule, place) => {
        const path = [kind, place]
        if (isObject(rule)) {
          const { name, ...fields } = rule
          return [{ name, path, fields }]
        }
        complain(path, 'a rule is wanted: name, when, action')
        return []
      })
    complain([kind], 'a list is wanted, in the order in which rules are asked: "- name: …"')
    return []
  }
  if (isObject(things))
    return Object.entries(things).map(([name, fields]) => ({
      name,
      path: [kind, name],
      fields: fields ?? {},
    }))
  complain([kind], 'write one a key, under its name')
  return []
}

/** Where keys are that nothing of this kind has anywhere, and then those that are only unknown where they stand. */
function unknownIn(written: unknown, issues: readonly z.core.$ZodIssue[], known: readonly string[]): Path[] {
  const never = neverKnown(written, known)
  const seen = new Set(never.map(String))
  const here = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key): Path => [...(issue.path as Path), key]) : [],
  )
  return [...never, ...here.filter((path) => !seen.has(String(path)))]
}

/** Where something is wrong that hides the rest from the schema: by a kind that there is not. */
function neverKnown(written: unknown, known: readonly string[]): Path[] {
  if (Array.isArray(written))
    return written.flatMap((one, place) => neverKnown(one, known).map((path) => [place, ...path]))
  if (!isObject(written)) return []
  return Object.entries(written).flatMap(([key, value]) =>
    known.includes(key) ? neverKnown(value, known).map((path) => [key, ...path]) : [[key]],
  )
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known)
  return meant === undefined ? 'unknown; take it out' : `unknown; did you mean ${meant}?`
}

/** All keys that may stand anywhere in a thing of this kind. */
function keysOf(kind: Kind): string[] {
  const keys: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    if (!isObject(value)) return
    const { properties } = value
    if (isObject(properties)) keys.push(...Object.keys(properties))
    Object.values(value).forEach(walk)
  }
  walk(z.toJSONSchema(FIELDS[kind], { io: 'input', unrepresentable: 'any' }))
  return keys
}

/** As on the command line; what YAML takes for a number although it stands for a text wants quotes. */
function explainWritten(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type' && issue.expected === 'string' && issue.input !== undefined)
    return typeof issue.input === 'object' ? 'a text is wanted' : `a text is wanted: write it in quotes`
  return explainIssue(issue)
}
