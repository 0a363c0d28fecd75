import { listDead, listTargets, readMqtt, readQuiet } from '../../api/telling.ts'
import { keep } from '../collections.ts'

export const targets = keep(listTargets)
export const dead = keep(listDead)
export const mqtt = keep(readMqtt)
export const quiet = keep(readQuiet)
