import type { Switches, SwitchesChange } from '../../../src/api/contract.ts'
import { request } from './request.ts'

/** Whether the machine is on, and whether phones are quiet. */
export const readSwitches = () => request<Switches>('GET', '/switches')
export const changeSwitches = (change: SwitchesChange) => request<Switches>('PATCH', '/switches', change)
