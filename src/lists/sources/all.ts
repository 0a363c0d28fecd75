import type { ListSource } from '../list-source.ts'
import { fileSource } from './file.ts'
import { phoneblockSource } from './phoneblock.ts'
import { urlSource } from './url.ts'

/** A source of another kind is a file here, and its kind in `store/number-list.ts`. */
export const listSources: readonly ListSource[] = [fileSource, urlSource, phoneblockSource]
