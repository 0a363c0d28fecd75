import { holdAgainstOut } from './hold-against-out.ts'
import { writingDown } from './sides/writing.ts'

holdAgainstOut(writingDown)
