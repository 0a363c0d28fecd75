import { newToken, sessionInfo, token, user, userInput } from './contract/access.ts'
import { auditEntry, auditPage } from './contract/audit.ts'
import { blockedNumber } from './contract/blocked.ts'
import {
  callerChange,
  callerEntry,
  callerExport,
  callerForgotten,
  callerHistory,
  callerProfile,
} from './contract/callers.ts'
import { callDetails, callPage, liveCall, pastCall } from './contract/calls.ts'
import { contactSource, contactSourceChange, contactSourceInput } from './contract/contact-sources.ts'
import { contact, contactChange, contactImport, contactInput, contactPage } from './contract/contacts.ts'
import { diagnosis, finding, soundTestInput } from './contract/doctor.ts'
import { event } from './contract/events.ts'
import { forwarded, forwardInput } from './contract/forward.ts'
import { greeting } from './contract/greetings.ts'
import { houseCall, houseCallPage, ladder, ladderMessage, legStatistics } from './contract/ladder.ts'
import { level } from './contract/levels.ts'
import { line, lineInput } from './contract/lines.ts'
import { mail, mailPage, mailSettings, mailSettingsChange } from './contract/mail.ts'
import { mailbox, mailboxInput } from './contract/mailboxes.ts'
import { message, messageBatch, messageBatchDone, messageChange, messagePage } from './contract/messages.ts'
import { mqtt, mqttChange } from './contract/mqtt.ts'
import { numberCheck, numberList, numberListChange, numberListInput } from './contract/number-lists.ts'
import { house, houseChange } from './contract/numbering.ts'
import { about, health, problem } from './contract/operations.ts'
import { phone, phoneInput, phoneSession, setUpPhone } from './contract/phones.ts'
import { linePreset } from './contract/presets.ts'
import { pushedNews, pushState, pushSubscriptionInput } from './contract/push.ts'
import { houseQuiet } from './contract/quiet-hours.ts'
import {
  previewInput,
  readyMadeRule,
  rule,
  ruleChange,
  ruleInput,
  ruleList,
  rulePlace,
  rulePreview,
} from './contract/rules.ts'
import { speechModel, voiceChange, voiceModel, voiceSettings } from './contract/speech-models.ts'
import { retired, storage } from './contract/storage.ts'
import { switches, switchesChange } from './contract/switches.ts'
import {
  delivery,
  newTarget,
  target,
  targetChange,
  targetInput,
  targetTest,
  webhookBody,
} from './contract/targets.ts'
import { testCallInput, testCallLink, testCallOffer } from './contract/test-calls.ts'
import {
  hit,
  liveWords,
  segment,
  transcript,
  transcriptionChange,
  transcriptionSettings,
  wholeTranscript,
} from './contract/transcripts.ts'

/**
 * The contract of the HTTP API under /api/v1: schemas from which the routes are checked, the OpenAPI document is made
 * and the page takes its types. Instants are ISO 8601 in UTC, durations are ms. One file a topic
 * stands in contract/; nothing but zod is imported there.
 */
export * from './contract/access.ts'
export * from './contract/audit.ts'
export * from './contract/blocked.ts'
export * from './contract/caller.ts'
export * from './contract/callers.ts'
export * from './contract/calls.ts'
export * from './contract/contact-sources.ts'
export * from './contract/contacts.ts'
export * from './contract/doctor.ts'
export * from './contract/events.ts'
export * from './contract/forward.ts'
export * from './contract/greetings.ts'
export * from './contract/ladder.ts'
export * from './contract/language.ts'
export * from './contract/levels.ts'
export * from './contract/lines.ts'
export * from './contract/mail.ts'
export * from './contract/mailboxes.ts'
export * from './contract/messages.ts'
export * from './contract/mqtt.ts'
export * from './contract/number-like.ts'
export * from './contract/number-lists.ts'
export * from './contract/numbering.ts'
export * from './contract/operations.ts'
export * from './contract/phones.ts'
export * from './contract/presets.ts'
export * from './contract/push.ts'
export * from './contract/quiet-hours.ts'
export * from './contract/rules.ts'
export * from './contract/schedule.ts'
export * from './contract/speech-models.ts'
export * from './contract/storage.ts'
export * from './contract/switches.ts'
export * from './contract/targets.ts'
export * from './contract/test-calls.ts'
export * from './contract/transcripts.ts'

/** The names under which the schemas stand in the OpenAPI document. */
export const schemas = {
  Message: message,
  Transcript: transcript,
  WholeTranscript: wholeTranscript,
  Segment: segment,
  Hit: hit,
  LiveWords: liveWords,
  SpeechModel: speechModel,
  TranscriptionSettings: transcriptionSettings,
  TranscriptionChange: transcriptionChange,
  MessageChange: messageChange,
  MessagePage: messagePage,
  MessageBatch: messageBatch,
  MessageBatchDone: messageBatchDone,
  ForwardInput: forwardInput,
  Forwarded: forwarded,
  LiveCall: liveCall,
  PastCall: pastCall,
  CallPage: callPage,
  Ladder: ladder,
  LadderMessage: ladderMessage,
  LegStatistics: legStatistics,
  HouseCall: houseCall,
  HouseCallPage: houseCallPage,
  CallDetails: callDetails,
  Line: line,
  LineInput: lineInput,
  LinePreset: linePreset,
  House: house,
  HouseChange: houseChange,
  Mailbox: mailbox,
  MailboxInput: mailboxInput,
  MailSettings: mailSettings,
  MailSettingsChange: mailSettingsChange,
  Mail: mail,
  MailPage: mailPage,
  HouseQuiet: houseQuiet,
  Mqtt: mqtt,
  MqttChange: mqttChange,
  Switches: switches,
  SwitchesChange: switchesChange,
  Target: target,
  NewTarget: newTarget,
  TargetInput: targetInput,
  TargetChange: targetChange,
  TargetTest: targetTest,
  Delivery: delivery,
  WebhookBody: webhookBody,
  Phone: phone,
  PhoneInput: phoneInput,
  SetUpPhone: setUpPhone,
  PhoneSession: phoneSession,
  Diagnosis: diagnosis,
  Finding: finding,
  SoundTestInput: soundTestInput,
  TestCallInput: testCallInput,
  TestCallLink: testCallLink,
  TestCallOffer: testCallOffer,
  PushState: pushState,
  PushSubscriptionInput: pushSubscriptionInput,
  PushedNews: pushedNews,
  Storage: storage,
  Retired: retired,
  AuditEntry: auditEntry,
  AuditPage: auditPage,
  BlockedNumber: blockedNumber,
  Contact: contact,
  ContactPage: contactPage,
  ContactInput: contactInput,
  ContactChange: contactChange,
  ContactImport: contactImport,
  CallerProfile: callerProfile,
  CallerChange: callerChange,
  CallerEntry: callerEntry,
  CallerHistory: callerHistory,
  CallerExport: callerExport,
  CallerForgotten: callerForgotten,
  ContactSource: contactSource,
  ContactSourceInput: contactSourceInput,
  ContactSourceChange: contactSourceChange,
  Rule: rule,
  RuleList: ruleList,
  RuleInput: ruleInput,
  RuleChange: ruleChange,
  RulePlace: rulePlace,
  ReadyMadeRule: readyMadeRule,
  RulePreviewInput: previewInput,
  RulePreview: rulePreview,
  NumberList: numberList,
  NumberListInput: numberListInput,
  NumberListChange: numberListChange,
  NumberCheck: numberCheck,
  Greeting: greeting,
  VoiceModel: voiceModel,
  VoiceSettings: voiceSettings,
  VoiceChange: voiceChange,
  User: user,
  UserInput: userInput,
  Token: token,
  NewToken: newToken,
  Problem: problem,
  Health: health,
  About: about,
  Event: event,
  Level: level,
  SessionInfo: sessionInfo,
}
