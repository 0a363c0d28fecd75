import type {
  Delivery,
  HouseQuiet,
  Mqtt,
  MqttChange,
  NewTarget,
  QuietHours,
  Target,
  TargetChange,
  TargetInput,
  TargetTest,
} from '../../../src/api/contract.ts'
import { request } from './request.ts'

const of = (id: string) => `/targets/${encodeURIComponent(id)}`
const delivery = (id: string) => `/deliveries/${encodeURIComponent(id)}`

/** Webhooks and topics, and what was given up of them. */
export const listTargets = () => request<Target[]>('GET', '/targets')
export const addTarget = (input: TargetInput) => request<NewTarget>('POST', '/targets', input)
export const changeTarget = (id: string, change: TargetChange) => request<Target>('PATCH', of(id), change)
export const removeTarget = (id: string) => request<unknown>('DELETE', of(id))
export const testTarget = (id: string) => request<TargetTest>('POST', `${of(id)}/test`)
export const listDead = () => request<Delivery[]>('GET', '/deliveries?state=dead')
export const sendAgain = (id: string) => request<unknown>('POST', `${delivery(id)}/retry`)
export const forgetDelivery = (id: string) => request<unknown>('DELETE', delivery(id))

export const readMqtt = () => request<Mqtt>('GET', '/mqtt')
export const changeMqtt = (change: MqttChange) => request<Mqtt>('PATCH', '/mqtt', change)
export const forgetMqtt = () => request<unknown>('DELETE', '/mqtt')

export const readQuiet = () => request<HouseQuiet>('GET', '/quiet-hours')
export const setQuiet = (hours: QuietHours[]) => request<HouseQuiet>('PATCH', '/quiet-hours', { hours })
