import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'

const { run, runWith } = emptyShell()

describe('answerphone lines', () => {
  it('adds a line with its mailbox, changes, shows, lists and removes it', async () => {
    const trunk = ['--trunk', '127.0.0.1', '--trunk', '10.0.0.0/8']
    expect((await run('lines', 'add', 'home', ...trunk, '--ring-seconds', '3')).code).toBe(0)
    expect((await run('lines', 'list', '--json')).json()).toMatchObject([
      {
        id: expect.any(String),
        name: 'home',
        trunk: ['127.0.0.1', '10.0.0.0/8'],
        mailbox: 'home',
        ringSeconds: 3,
      },
    ])
    await run('lines', 'set', 'home', '--ring-seconds', '0', '--number', '+49301')
    expect((await run('lines', 'show', 'home')).json()).toMatchObject({ ringSeconds: 0, number: '+49301' })
    await run('lines', 'set', 'home', '--number', '')
    expect((await run('lines', 'show', 'home')).json().number).toBeNull()
    expect((await run('lines', 'list')).out).toMatch(/^LINE\s+NUMBER\s+CALLS FROM/)
    await run('lines', 'set', 'home', '--ring-seconds', '8', '--toll-saver', '6')
    expect((await run('lines', 'list')).out).toContain('8 s; 6 s while messages wait')
    // It rings for less, never for longer.
    await run('lines', 'set', 'home', '--ring-seconds', '5')
    expect((await run('lines', 'list')).out).not.toContain('while messages wait')
    await run('lines', 'set', 'home', '--call-back', 'sip:192.0.2.7')
    expect((await run('lines', 'show', 'home')).json().callBack).toBe('sip:192.0.2.7')
    await run('lines', 'set', 'home', '--call-back', 'none')
    expect((await run('lines', 'show', 'home')).json().callBack).toBeNull()
    expect((await run('lines', 'set', 'home', '--call-back', 'sip:example.org')).err).toContain(
      'call-back: "sip',
    )
    expect((await run('lines', 'show', 'home')).json().callOut).toBeNull()
    await run('lines', 'set', 'home', '--call-out', 'on', '--call-out-phones', 'kitchen, page-ada')
    const callOut = async () => (await run('lines', 'show', 'home')).json().callOut
    expect(await callOut()).toEqual({ phones: ['kitchen', 'page-ada'], atOnce: 4, perHour: 30 })
    await run('lines', 'set', 'home', '--call-out', 'on', '--call-out-per-hour', '5')
    expect(await callOut()).toEqual({ phones: ['kitchen', 'page-ada'], atOnce: 4, perHour: 5 })
    await run('lines', 'set', 'home', '--call-out', 'on', '--call-out-phones', 'all')
    expect((await callOut()).phones).toBeNull()
    await run('lines', 'set', 'home', '--call-out', 'off')
    expect(await callOut()).toBeNull()
    // Limits alone let nobody out.
    expect((await run('lines', 'set', 'home', '--call-out-at-once', '2')).err).toContain('--call-out on')
    expect(await callOut()).toBeNull()
    expect((await run('lines', 'show', 'home')).json().srtp).toBe('offered')
    await run('lines', 'set', 'home', '--srtp', 'required')
    expect((await run('lines', 'show', 'home')).json().srtp).toBe('required')
    expect((await run('lines', 'set', 'home', '--srtp', 'maybe')).code).toBe(2)
    expect((await run('lines', 'show', 'home')).json()).toMatchObject({ internal: 'ring', internalDigits: 0 })
    await run('lines', 'set', 'home', '--internal', 'answer', '--internal-digits', '4')
    expect((await run('lines', 'show', 'home')).json()).toMatchObject({
      internal: 'answer',
      internalDigits: 4,
    })
    expect((await run('lines', 'set', 'home', '--internal', 'maybe')).code).toBe(2)
    expect((await run('lines', 'set', 'home', '--internal-digits', '9')).err).toContain('at most 6')
  })

  it('knows where it is, and whom it believes', async () => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    await run('lines', 'set', 'home', '--country', 'de', '--area-code', '30', '--trust-verstat')
    expect((await run('lines', 'show', 'home')).json()).toMatchObject({
      country: 'DE',
      areaCode: '30',
      trustVerstat: true,
    })
    expect((await run('house', 'show')).out).toBe('Country DE, as the lines say\n')
    expect((await run('house', 'set', '--country', 'AT')).out).toBe('Country AT\n')
    await run('house', 'set', '--country', 'none')
    expect((await run('house', 'show', '--json')).json()).toEqual({ country: 'DE', from: 'lines' })
    expect((await run('lines', 'set', 'home', '--country', 'ZZ')).err).toContain('AP_INPUT_INVALID')
    await run('lines', 'set', 'home', '--country', 'none', '--area-code', 'none', '--no-trust-verstat')
    expect((await run('lines', 'show', 'home')).json()).toMatchObject({
      country: null,
      areaCode: null,
      trustVerstat: false,
    })
    await run('mailboxes', 'set', 'home', '--after-pick-up', 'ask')
    expect((await run('mailboxes', 'show', 'home')).json().afterPickUp).toBe('ask')
    expect((await run('mailboxes', 'set', 'home', '--after-pick-up', 'burn')).code).toBe(2)
    await run('lines', 'remove', 'home')
    expect((await run('lines', 'list')).out).toContain('No lines.')
  })

  it('says what is wrong: the code, the flag, what to do', async () => {
    const wrong = async (...args: string[]) => {
      const { code, err } = await run('lines', 'add', ...args)
      expect(code).toBe(1)
      return err
    }
    expect(await wrong('home', '--trunk', '1.2.3')).toMatch(/^answerphone: AP_INPUT_INVALID: trunk: "1.2.3"/)
    expect(await wrong('home')).toContain('an address with --trunk, or an account with --registrar')
    const ring = async (seconds: string) => wrong('home', '--trunk', '127.0.0.1', '--ring-seconds', seconds)
    expect(await ring('x')).toContain('--ring-seconds: a number is wanted')
    expect(await ring('1.5')).toContain('--ring-seconds: a whole number is wanted')
    expect(await ring('999')).toContain('--ring-seconds: at most 120')
    expect(await ring('-1')).toContain('--ring-seconds: at least 0')
    expect(await wrong('ho me', '--trunk', '127.0.0.1')).toContain('INVALID: name: use 1 to 64 letters')
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    expect(await wrong('home', '--trunk', '127.0.0.1')).toContain('AP_NAME_TAKEN')
    for (const kind of ['lines', 'mailboxes'])
      expect((await run(kind, 'set', 'home')).err).toContain('AP_INPUT_INVALID: nothing to change')
  })

  it('registers a line with an account, shows how that stands, and takes the account away', async () => {
    const account = ['--registrar', 'sip.example.com', '--user', '030123', '--password-stdin']
    await runWith({ input: 'geheim\n' }, 'lines', 'add', 'home', ...account)
    expect((await run('lines', 'list')).out).toMatch(/home .*sip:sip\.example\.com +not running/)
    await run('lines', 'set', 'home', '--auth-user', 'auth', '--expiry-seconds', '120')
    const { out, json } = await run('lines', 'show', 'home')
    expect(json().account).toMatchObject({ user: '030123', authUser: 'auth', expirySeconds: 120 })
    expect(out).not.toContain('geheim')
    expect((await run('lines', 'set', 'home', '--registrar', 'none')).err).toContain('AP_INPUT_INVALID')
    await run('lines', 'set', 'home', '--registrar', 'none', '--trunk', '192.0.2.1')
    expect((await run('lines', 'show', 'home')).json().account).toBeNull()
  })

  it('leaves no mailbox behind when the line can not be added', async () => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1', '--number', '+49301')
    expect((await run('lines', 'add', 'attic', '--trunk', '127.0.0.1', '--number', '+49301')).err).toContain(
      'AP_NUMBER_TAKEN',
    )
    expect((await run('mailboxes', 'list', '--json')).json()).toMatchObject([{ name: 'home' }])
  })
})
