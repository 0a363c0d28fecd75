import { describe, expect, it } from 'vitest'
import { applyingShell } from '../../../test/helpers/applying-shell.ts'

const { run, apply } = applyingShell()

describe('answerphone apply', () => {
  it('shows no secret, whatever becomes of it', async () => {
    const file = (
      word: string,
    ) => `house: { mqtt: { url: "mqtt://192.0.2.1", user: me, password: "hush-mqtt-${word}" } }
mailboxes: { home: { pin: "${word}24680" } }
lines:
  home: { mailbox: home, account: { registrar: a.example, user: me, password: "hush-line-${word}" } }
phones: { kitchen: { mailboxes: [home], password: "hush-phone-${word}" } }
contactSources: { cloud: { url: "https://dav.example/", user: ada, password: "hush-cloud-${word}" } }
numberLists: { spam: { kind: phoneblock, token: "hush-list-${word}" } }
targets:
  hall: { kind: webhook, url: "http://127.0.0.1:9000/", secret: "whsec_hushhush${word.repeat(24)}=" }
  topic: { kind: ntfy, url: "http://127.0.0.1:9000/a", secret: "hush-ntfy-${word}" }
`
    const said: string[] = []
    const note = async (result: Promise<{ out: string; err: string }>) => {
      const { out, err } = await result
      said.push(out, err)
      return err
    }
    for (const word of ['1', '2']) {
      if (word === '2') expect(await note(apply(file(word), '--dry-run'))).toBe('')
      expect(await note(apply(file(word)))).toBe('')
    }
    const wrong = file('3')
      .replace('user: me', 'user: [me]')
      .replace('password: "hush-line', 'pasword: "hush-line')
    expect(await note(apply(wrong))).toContain('did you mean password?')
    await note(run('apply', '--print'))
    const none =
      'house: { mqtt: null }\nphones:\nlines: { home: { trunk: [127.0.0.1], account: null } }\ntargets:\n'
    await note(apply(`${none}numberLists:\ncontactSources:\nmailboxes: { home: { pin: null } }`, '--prune'))
    await note(run('audit', 'list'))
    expect(said.join('')).toMatch(
      /pin is another[\s\S]*password is another[\s\S]*secret is another[\s\S]*- target topic/,
    )
    expect(said.filter((text) => /hush|24680|scrypt/.test(text))).toEqual([])
  })
})
