import { holdAgainstOut } from './hold-against-out.ts'
import { ringing } from './sides/ringing.ts'

holdAgainstOut(ringing)
