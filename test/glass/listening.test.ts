import { holdAgainstOut } from './hold-against-out.ts'
import { listening } from './sides/listening.ts'

holdAgainstOut(listening)
