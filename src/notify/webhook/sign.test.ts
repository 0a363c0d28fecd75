import { expect, it } from 'vitest'
import { isWebhookSecret, signWebhook, webhookSecret } from './sign.ts'

it('signs as the libraries of Standard Webhooks do', () => {
  // The example that those libraries are tested with.
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const signature = signWebhook(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

it('takes a secret of 24 to 64 bytes', () => {
  for (const [bytes, isOne] of [
    [23, false],
    [24, true],
    [64, true],
    [65, false],
  ] as const)
    expect(isWebhookSecret(webhookSecret(new Uint8Array(bytes)))).toBe(isOne)
  for (const text of [
    '',
    'secret',
    'whsec_',
    'whsec_not base64 at all, it is not',
    `x${webhookSecret(new Uint8Array(32))}`,
  ])
    expect(isWebhookSecret(text)).toBe(false)
})
