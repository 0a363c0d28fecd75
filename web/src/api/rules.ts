import type {
  PreviewInput,
  Rule,
  RuleChange,
  RuleInput,
  RuleList,
  RulePreview,
} from '../../../src/api/contract.ts'
import { request } from './request.ts'

const at = (id: string) => `/rules/${encodeURIComponent(id)}`

export const listRules = () => request<RuleList>('GET', '/rules')
export const addRule = (input: RuleInput) => request<Rule>('POST', '/rules', input)
export const changeRule = (id: string, change: RuleChange) => request<Rule>('PATCH', at(id), change)
export const moveRule = (id: string, place: number) => request<RuleList>('POST', `${at(id)}/move`, { place })
export const removeRule = (id: string) => request<unknown>('DELETE', at(id))
export const previewRules = (input: PreviewInput) => request<RulePreview>('POST', '/rules/preview', input)
