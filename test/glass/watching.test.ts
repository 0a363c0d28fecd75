import { holdAgainstOut } from './hold-against-out.ts'
import { watching } from './sides/watching.ts'

holdAgainstOut(watching)
