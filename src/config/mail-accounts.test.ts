import { expect, it } from 'vitest'
import { mailAccountsOf } from './mail-accounts.ts'

const given = {
  ANSWERPHONE_SMTP_HOST: 'smtp.example.org',
  ANSWERPHONE_SMTP_FROM: 'machine@example.org',
  ANSWERPHONE_SMTP_USER: 'machine',
  ANSWERPHONE_SMTP_PASSWORD: 'secret',
}
const read = (env: NodeJS.ProcessEnv) => mailAccountsOf('/nowhere', env)

it('takes the whole account from the environment, and lets nobody change it elsewhere', async () => {
  const accounts = read({ ...given, ANSWERPHONE_SMTP_SECURITY: 'tls', ANSWERPHONE_SMTP_PAGE_URL: '' })
  expect(accounts.isGiven).toBe(true)
  expect(await accounts.read()).toEqual({
    host: 'smtp.example.org',
    port: 465,
    security: 'tls',
    user: 'machine',
    password: 'secret',
    from: 'machine@example.org',
    pageUrl: null,
    language: 'en',
    format: 'mp3',
  })
  await expect(accounts.remove()).rejects.toMatchObject({ code: 'AP_MAIL_GIVEN' })
})

it('leaves the account to the settings where no variable is there', async () => {
  const accounts = read({ ANSWERPHONE_DATA: '/nowhere' })
  expect(accounts.isGiven).toBe(false)
  expect(await accounts.read()).toBeUndefined()
})

it.each([
  [{ ANSWERPHONE_SMTP_HOST: undefined }, 'ANSWERPHONE_SMTP_HOST'],
  [{ ANSWERPHONE_SMTP_FROM: 'nobody' }, 'ANSWERPHONE_SMTP_FROM'],
  [{ ANSWERPHONE_SMTP_PORT: 'mail' }, 'ANSWERPHONE_SMTP_PORT'],
  [{ ANSWERPHONE_SMTP_PASWORD: 'x' }, 'ANSWERPHONE_SMTP_PASWORD'],
  // Anybody on the way could read it.
  [{ ANSWERPHONE_SMTP_SECURITY: 'none' }, 'ANSWERPHONE_SMTP_SECURITY'],
])('names the variable that is wrong: %o', (change, name) => {
  expect(() => read({ ...given, ...change })).toThrow(
    expect.objectContaining({ code: 'AP_CONFIG_INVALID', message: expect.stringContaining(name) }),
  )
})
