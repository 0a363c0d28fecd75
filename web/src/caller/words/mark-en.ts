export const en = {
  about: 'Who called?',
  aboutNow: 'Who is calling?',
  aboutCaller: (caller: string) => `Who called: ${caller}`,
  passed: (level: string | null) => (level === null ? 'verified' : `verified (${level})`),
  failed: 'signature is wrong',
}
