import { listSources } from '../../api/contact-sources.ts'
import { keep } from '../../settings/collections.ts'

export const contactSources = keep(listSources)
