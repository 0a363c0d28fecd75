import { holdAgainstOut } from './hold-against-out.ts'
import { elsewhere } from './sides/elsewhere.ts'

holdAgainstOut(elsewhere)
