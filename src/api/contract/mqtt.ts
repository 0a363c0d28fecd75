import { z } from 'zod'

const topicPart = /^[^+#\s/]+(\/[^+#\s/]+)*$/
const topic = z
  .string()
  .max(100)
  .regex(topicPart, {
    error: ({ input }) =>
      `"${input}" is no topic. Write it like answerphone, or home/answerphone, without + and #`,
  })

export const mqtt = z.object({
  broker: z
    .object({
      url: z.string(),
      user: z.string().nullable().describe('Null: no login'),
      hasPassword: z.boolean().describe('The password itself is never shown'),
      baseTopic: z.string(),
      discovery: z
        .string()
        .nullable()
        .describe('Where Home Assistant looks for devices; null: it is told of none'),
      showCallers: z.boolean().describe('Whether the broker learns who calls'),
      language: z.enum(['en', 'de']),
    })
    .nullable()
    .describe('Null: none is told'),
  state: z.enum(['off', 'connecting', 'connected']),
  problem: z.string().describe('What stood in the way of the last connection; empty: nothing'),
})
export type Mqtt = z.infer<typeof mqtt>

export const mqttChange = z
  .strictObject({
    url: z
      .url({
        protocol: /^(mqtts?|wss?)$/,
        hostname: /./,
        error: ({ input }) =>
          `"${input}" is no broker. Write it like mqtt://192.168.1.5 or mqtts://broker.example:8883`,
      })
      .max(300)
      .refine((text) => !/^\w+:\/\/[^/]*@/.test(text), 'give the login with user and password'),
    user: z.string().max(200).nullable(),
    password: z.string().max(500).nullable(),
    baseTopic: topic,
    discovery: topic.nullable(),
    showCallers: z.boolean(),
    language: z.enum(['en', 'de']),
  })
  .partial()
  .describe('The first time url is needed. Another broker needs the password again')
export type MqttChange = z.input<typeof mqttChange>
