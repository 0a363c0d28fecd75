import { z } from 'zod'
import { describeApi } from '../openapi.ts'
import { defineRoute, type Route } from '../route.ts'
import { aboutRoutes } from './about.ts'
import { appLinkRoutes } from './app-links.ts'
import { auditRoutes } from './audit.ts'
import { blockedRoutes } from './blocked.ts'
import { callerRoutes } from './callers.ts'
import { callRoutes } from './calls.ts'
import { contactSourceRoutes } from './contact-sources.ts'
import { contactRoutes } from './contacts.ts'
import { doctorRoutes } from './doctor.ts'
import { eventRoutes } from './events.ts'
import { greetingRoutes } from './greetings.ts'
import { houseRoutes } from './house.ts'
import { ladderRoutes } from './ladder.ts'
import { levelRoutes } from './levels.ts'
import { lineRoutes } from './lines.ts'
import { mailRoutes } from './mail.ts'
import { mailboxRoutes } from './mailboxes.ts'
import { messageRoutes } from './messages.ts'
import { mqttRoutes } from './mqtt.ts'
import { numberListRoutes } from './number-lists.ts'
import { operationRoutes } from './operations.ts'
import { phoneSessionRoutes } from './phone-session.ts'
import { phoneRoutes } from './phones.ts'
import { pushRoutes } from './push.ts'
import { quietHourRoutes } from './quiet-hours.ts'
import { ruleRoutes } from './rules.ts'
import { sessionRoutes } from './session.ts'
import { storageRoutes } from './storage.ts'
import { switchRoutes } from './switches.ts'
import { targetRoutes } from './targets.ts'
import { testCallRoutes } from './test-calls.ts'
import { tokenRoutes } from './tokens.ts'
import { transcriptionRoutes } from './transcription.ts'
import { userRoutes } from './users.ts'
import { voiceRoutes } from './voice.ts'

/** Every operation of the API, its own description included. */
export function allRoutes(version: string): readonly Route[] {
  const routes: Route[] = [
    ...messageRoutes,
    ...callRoutes,
    ...ladderRoutes,
    ...transcriptionRoutes,
    ...storageRoutes,
    ...lineRoutes,
    ...houseRoutes,
    ...switchRoutes,
    ...quietHourRoutes,
    ...mailboxRoutes,
    ...mailRoutes,
    ...greetingRoutes,
    ...voiceRoutes,
    ...phoneRoutes,
    ...phoneSessionRoutes,
    ...appLinkRoutes,
    ...pushRoutes,
    ...targetRoutes,
    ...mqttRoutes,
    ...testCallRoutes,
    ...blockedRoutes,
    ...callerRoutes,
    ...contactRoutes,
    ...contactSourceRoutes,
    ...ruleRoutes,
    ...numberListRoutes,
    ...auditRoutes,
    ...userRoutes,
    ...tokenRoutes,
    ...sessionRoutes,
    ...eventRoutes,
    ...levelRoutes,
    ...operationRoutes,
    ...doctorRoutes,
    ...aboutRoutes,
    defineRoute({
      method: 'GET',
      url: '/api/v1/openapi.json',
      access: 'anyone',
      tag: 'Operations',
      summary: 'This document',
      answer: { status: 200, json: z.looseObject({}) },
      handle: async () => document(),
    }),
  ]
  let made: object | undefined
  const document = () => {
    made ??= describeApi(routes, version)
    return made
  }
  return routes
}
