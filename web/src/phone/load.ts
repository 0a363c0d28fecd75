import { phoneParts } from '../state/phone.ts'
import { takeHouseCall } from './house-call.ts'
import { HouseCallCard } from './house-call-card.tsx'
import { takeHouseCalls } from './kept-line.ts'
import { PhonePanel } from './phone-panel.tsx'

phoneParts.value = { Panel: PhonePanel, HouseCall: HouseCallCard }
takeHouseCalls(takeHouseCall)

export { callOut } from './call-out.ts'
export { followCallers } from './listen-at-once.ts'
export { dial, hangUp, leave, rest, stand } from './phone.ts'
