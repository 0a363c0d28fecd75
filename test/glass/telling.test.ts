import { holdAgainstOut } from './hold-against-out.ts'
import { broker } from './sides/broker.ts'
import { telling } from './sides/telling.ts'

holdAgainstOut([...telling, broker])
