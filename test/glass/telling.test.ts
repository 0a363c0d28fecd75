import { holdAgainstOut } from './hold-against-out.ts'
import { telling } from './sides/telling.ts'

holdAgainstOut(telling)
