import type { Compilable, CompiledQuery, Expression, Kysely, QueryResult, SqlBool } from 'kysely'
import type { Schema, TableName } from './schema.ts'
import type { SoughtWords } from './words.ts'

/**
 * How much a write matters when the disk is full. What a call leaves behind, and what frees room, may use the reserve;
 * everything else waits for room.
 */
export type Weight = 'essential' | 'ordinary'

/** What a constraint of the schema said no to. */
export class ConstraintViolation extends Error {
  readonly kind: 'unique' | 'foreign-key'
  constructor(kind: 'unique' | 'foreign-key', cause: unknown) {
    super(`${kind} constraint violated`, { cause })
    this.name = 'ConstraintViolation'
    this.kind = kind
  }
}

/** A query, built or already compiled (prepared.ts). */
export type Query<Row> = Compilable<Row> | CompiledQuery<Row>

export type SearchedTable = 'messages' | 'calls'

export interface Containing {
  readonly condition: Expression<SqlBool>
  /**
   * It names its few rows: the way to them is by these, and by no index of another column. SQLite's planner, which
   * takes any index to be selective, must be told so (tables/columns-for.ts).
   */
  readonly leads: boolean
}

/** What a database must do to carry the store: one for SQLite, one for PostgreSQL (and PGlite in tests). */
export interface Engine {
  readonly kysely: Kysely<Schema>
  /** Runs a write. Retries and reserves are the engine's affair. Throws as the driver does. */
  write<Row>(query: CompiledQuery<Row>, weight: Weight): Promise<QueryResult<Row>>
  /**
   * Runs in one transaction, which no other query of this process takes part in: they wait, or go by another connection.
   * What `run` rejects with undoes it.
   */
  together<Result>(
    run: (execute: <Row>(query: CompiledQuery<Row>) => Promise<QueryResult<Row>>) => Promise<Result>,
  ): Promise<Result>
  /** What the driver threw, as an AnswerphoneError (AP_STORE_*), a ConstraintViolation, or itself if unknown. */
  explain(error: unknown): unknown
  /**
   * The condition that a row's `search` contains the needle (needleOf), or that all of the words are among its `words`,
   * which messages have; by the fastest way there is.
   */
  containing(table: SearchedTable, needle: string, words?: SoughtWords): Promise<Containing>
  /** Watches for changes by other processes; `tables` is empty where they are not known. Returns the end of it. */
  watch(heard: (tables: readonly string[]) => void): () => void
  /** Writes of this process are not among what `watch` hears, and must be told by hand. */
  readonly watchesOthersOnly: boolean
  check(): Promise<void>
  flush(): Promise<void>
  close(): Promise<void>
}

/** The engine as the tables use it: errors explained, changes announced. */
export interface Database {
  readonly kysely: Kysely<Schema>
  read<Row>(query: Query<Row>): Promise<readonly Row[]>
  write<Row>(table: TableName, query: Query<Row>, weight?: Weight): Promise<QueryResult<Row>>
  containing: Engine['containing']
}

export const compile = <Row>(query: Query<Row>): CompiledQuery<Row> =>
  'compile' in query ? query.compile() : query
