import { listNumberLists } from '../../api/number-lists.ts'
import { keep } from '../collections.ts'

export const numberLists = keep(listNumberLists)
