import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { speechLikeWav } from '../../web/dev/fake-audio.ts'
import { FAKE_TOKEN } from '../../web/dev/fake-server.ts'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'

describe.skipIf(!hasChromium)('the other rooms of the page’s settings', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('record a greeting, show how loud it is, trim it and keep it for a mailbox', async () => {
    await using open = await openPage(browser, {
      hash: '#/settings/greetings',
      context: { permissions: ['microphone'] },
    })
    const { page, server } = open
    await page.getByRole('button', { name: 'Record' }).click()
    await page.getByText('Recording. Say your greeting').waitFor()
    // Chromium's own microphone beeps once a second.
    await expect.poll(() => page.locator('.level-lit').count(), { timeout: 5000 }).toBeGreaterThan(3)
    await page.waitForTimeout(1500)
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByLabel('Begin at').fill('0.5')
    await page.getByRole('button', { name: 'Listen' }).click()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByLabel('Name').fill('Beeps')
    await page.getByLabel('Use it for').selectOption('studio')
    await page.getByRole('button', { name: 'Keep this greeting' }).click()
    await page.locator('.toast').getByText('Greeting Beeps is kept').waitFor()
    const { greetings, mailboxes, sounds } = server.machine.settings
    const kept = greetings.at(-1)
    expect(kept?.name).toBe('Beeps')
    expect(kept?.durationMs).toBeGreaterThan(500)
    expect(mailboxes[1]?.greeting).toBe(kept?.id)
    expect(sounds.get(kept?.id ?? '')?.toString('latin1', 0, 4)).toBe('RIFF')

    await page.getByRole('button', { name: 'Play Beeps' }).click()
    await page.getByRole('button', { name: 'Stop Beeps' }).click()
    await page.getByRole('button', { name: 'Play The one that came' }).click()
    await page.getByRole('button', { name: 'Stop The one that came' }).click()
    await page.getByRole('button', { name: 'Remove Beeps' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await page.locator('.toast').getByText('Greeting Beeps removed.').waitFor()
    expect(open.complaints).toEqual([])
  })

  it('say what is wrong with a file and with a microphone', async () => {
    await using open = await openPage(browser, { hash: '#/settings/greetings' })
    const { page } = open
    const text = { name: 'x.wav', mimeType: 'audio/wav', buffer: Buffer.from('no sound') }
    await page.getByLabel('Choose a file').setInputFiles(text)
    await page.getByRole('alert').getByText('can’t read that file').waitFor()
    const wav = { name: 'x.wav', mimeType: 'audio/wav', buffer: speechLikeWav(3000, 5) }
    await page.getByLabel('Choose a file').setInputFiles(wav)
    await page.getByLabel('Name').fill('Ada at home')
    await page.getByRole('button', { name: 'Keep this greeting' }).click()
    await page.getByRole('alert').getByText('There is a greeting named "Ada at home" already.').waitFor()
    await page.getByRole('button', { name: 'Start over' }).click()
    await page.evaluate('navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error("no"))')
    await page.getByRole('button', { name: 'Record' }).click()
    await page.getByRole('alert').getByText('did not give the microphone').waitFor()
  })

  it('change a mailbox, add a person, set a password, and show a token once', async () => {
    await using open = await openPage(browser, { hash: '#/settings/mailboxes/b2' })
    const { page, server } = open
    const { settings } = server.machine
    await page.getByLabel('End a message after silence').selectOption('30')
    await page.getByLabel('When somebody picks up').selectOption('discard')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.toast').getByText('studio saved: silence, picking up').waitFor()
    expect(settings.mailboxes[1]).toMatchObject({
      silenceSeconds: 30,
      afterPickUp: 'discard',
      greeting: null,
    })

    await page.goto(`${server.url}/#/settings/people/new`)
    await page.getByLabel('Name').fill('Ruth')
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Add a person' }).click()
    expect(await page.locator('input:invalid').count()).toBe(1)
    await page.getByLabel('Password').fill('long enough it is')
    await page.getByLabel('May').selectOption('owner')
    await page.getByRole('button', { name: 'Add a person' }).click()
    await page.locator('.toast').getByText('Ruth may log in now.').waitFor()
    expect(settings.users.at(-1)).toMatchObject({ name: 'Ruth', role: 'owner' })

    await page.getByRole('link', { name: 'Ruth' }).click()
    await page.getByLabel('May').selectOption('member')
    await page.getByRole('button', { name: 'Set what they may do' }).click()
    await page.locator('.toast').getByText('Ruth is a member now').waitFor()
    expect(settings.users.at(-1)).toMatchObject({ name: 'Ruth', role: 'member' })
    await page.goto(`${server.url}/#/settings/people/${settings.users[0]?.id}`)
    await page.getByText('Only another owner can change what you may do.').waitFor()
    expect(await page.getByLabel('May').count()).toBe(0)

    await page.goto(`${server.url}/#/settings/tokens`)
    await page.getByLabel('What is it for?').fill('script')
    await page.getByRole('button', { name: 'Make a token' }).click()
    await page.getByText(/^ap_/).waitFor()
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByText(/^ap_/).waitFor({ state: 'detached' })
    expect(open.complaints).toEqual([])
  })

  it('set mail up, try it, say what the server said, and show what is on its way', async () => {
    await using open = await openPage(browser, { hash: '#/settings/mail' })
    const { page, server } = open
    const { mail } = server.machine.settings
    await page.getByText('The server refuses the mail').waitFor()
    await page.getByText('550 5.1.1 no such user here').waitFor()
    await page.getByRole('button', { name: 'Try again: the mail to jonas.webber@example.org' }).click()
    await expect.poll(() => mail.mails.filter(({ state }) => state === 'failed')).toEqual([])
    await page.getByRole('button', { name: 'Take the mail to max@example.org off the list' }).click()
    await expect.poll(() => mail.mails.length).toBe(3)

    await page.getByLabel('Connection').selectOption('tls')
    expect(await page.getByLabel('Port').inputValue()).toBe('465')
    await page.getByLabel('Mail server').fill('mail.example.net')
    await page.getByLabel('When a line is lost').fill('me@example.org, max@example.org')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').getByText('Give the password again').waitFor()
    await page.getByLabel('Password').fill('app password')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.toast').getByText('Mail is set up').waitFor()
    expect(mail.account).toMatchObject({
      ...{ host: 'mail.example.net', port: 465, security: 'tls' },
      alertTo: ['me@example.org', 'max@example.org'],
    })
    expect(await page.getByLabel('Password').inputValue()).toBe('')

    await page.getByRole('button', { name: 'Send a test mail' }).click()
    await page.getByText('A test mail is on its way to ada@example.org').waitFor()
    mail.refuses = { code: 'AP_MAIL_LOGIN_REFUSED', message: 'refused: 535 5.7.8 no' }
    await page.getByRole('button', { name: 'Send a test mail' }).click()
    await page.getByRole('alert').getByText('it may want an app password').waitFor()
    await page.getByText('refused: 535 5.7.8 no').waitFor()

    await page.goto(`${server.url}/#/settings/mailboxes/b2`)
    await page.getByLabel('Mail every message to').fill('ruth@example.org; max@example.org')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.toast').getByText('studio saved: mail').waitFor()
    expect(server.machine.settings.mailboxes[1]?.mailTo).toEqual(['ruth@example.org', 'max@example.org'])
    expect(open.complaints).toEqual([])
  })

  it('block a number as people write it, let it call again, and take that back', async () => {
    await using open = await openPage(browser, { hash: '#/settings/blocked', server: { visitor: 'member' } })
    const { page, server } = open
    const numbers = () => server.machine.settings.blocked.map(({ number }) => number)
    await page.getByLabel('Number').fill('+49 (30) 555-01')
    await page.getByLabel('Who is it?').fill('Callers')
    await page.getByRole('button', { name: 'Block', exact: true }).click()
    await page.locator('.toast').getByText('Callers is blocked.').waitFor()
    expect(numbers()[0]).toBe('+493055501')
    await page.getByRole('button', { name: 'Let call: Callers' }).click()
    await expect.poll(numbers).not.toContain('+493055501')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(numbers).toContain('+493055501')
  })

  it('keep contacts: added, found, refused, changed, removed, and from and to a file', async () => {
    await using open = await openPage(browser, { hash: '#/settings/contacts' })
    const { page, server } = open
    await page.getByRole('link', { name: 'Add contact' }).click()
    await page.getByLabel('Name').fill('Nora')
    await page.getByLabel('Number 1').fill('+49 171 9999807')
    await page.getByRole('button', { name: 'Add contact' }).click()
    await page.getByRole('alert').getByText('in the contact "Jonas Weber" already').waitFor()
    await page.getByLabel('Number 1').fill('+49 40 5551234')
    await page.getByRole('button', { name: 'Another number' }).click()
    // The new field takes the focus with the next picture.
    await page.locator('[aria-label="Number 2"]:focus').waitFor()
    await page.keyboard.type('620')
    await page.getByRole('button', { name: 'Add contact' }).click()
    await page.locator('.toast').getByText('Nora is a contact.').waitFor()
    await page.getByLabel('Search contacts').fill('040 555')
    await expect.poll(() => page.locator('.panel-row').count()).toBe(1)
    await page.getByRole('link', { name: 'Nora' }).click()
    await page.getByRole('button', { name: 'Remove the number 620' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.toast').getByText('Nora is saved.').waitFor()
    expect(server.machine.settings.contacts.find(({ name }) => name === 'Nora')?.numbers).toHaveLength(1)
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await page.locator('.toast').getByText('Nora is no contact any more.').waitFor()

    const card = (name: string, tel: string) =>
      `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL:${tel}\nEND:VCARD\n`
    const buffer = Buffer.from(card('Olga', '+49 30 777') + card('Paul', 'none'))
    await page.getByLabel('Take in a file').setInputFiles({ name: 'x.vcf', mimeType: 'text/vcard', buffer })
    await page.getByText('1 would be added').waitFor()
    await page.getByText('One line could not be taken in:').waitFor()
    expect(server.machine.settings.contacts.map(({ name }) => name)).not.toContain('Olga')
    await page.getByRole('button', { name: 'Take them in' }).click()
    await page.getByText('1 added').first().waitFor()
    await page.getByText('“none” is no number.').waitFor()
    expect(server.machine.settings.contacts.map(({ name }) => name)).toContain('Olga')
    const saved = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Save all as a file' }).click()
    expect((await saved).suggestedFilename()).toBe('contacts.vcf')

    const row = page.locator('.contacts-list .panel-row')
    server.machine.settings.contacts = Array.from({ length: 20_000 }, (_, place) => ({
      ...{
        id: `k${place}`,
        name: `Contact ${place}`,
        note: '',
        favourite: false,
        source: null,
        numbers: [`+4930${place}`],
      },
    }))
    await page.getByLabel('Search contacts').fill('contact')
    await page.getByText('20000 contacts').waitFor({ state: 'attached' })
    expect(await row.count()).toBe(100)
    await row.last().scrollIntoViewIfNeeded()
    await expect.poll(() => row.count()).toBe(200)
    await page.getByLabel('Search contacts').fill('contact 19999')
    await row.filter({ hasText: 'Contact 19999' }).click()
    await page.getByRole('heading', { name: 'Contact 19999' }).waitFor()
    expect(open.complaints).toEqual([])
  })

  it('show who did what, page by page, and how the machine is', async () => {
    await using open = await openPage(browser, { hash: '#/settings/audit' })
    const { page, server } = open
    await expect.poll(() => page.locator('.audit-row').count()).toBe(50)
    await page.getByRole('button', { name: 'Show earlier' }).click()
    await expect.poll(() => page.locator('.audit-row').count()).toBe(64)
    expect(await page.getByRole('button', { name: 'Show earlier' }).count()).toBe(0)
    await page.goto(`${server.url}/#/settings/about`)
    await page.getByText('Room for about 371 hours of messages').waitFor()
    await page.getByText('127.0.0.1:5060 (UDP, TCP)').waitFor()
  })

  it('check everything, say what to do, and call a number only by the button that names it', async () => {
    await using open = await openPage(browser, { hash: '#/settings/doctor' })
    const { page } = open
    const called: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/sound-test')) called.push(request.postData() ?? '')
    })
    await page.getByText('2 things to look at').waitFor()
    await page.getByText('Line studio is not registered').waitFor()
    await page.locator('code', { hasText: 'timedatectl set-ntp true' }).waitFor()
    await page.getByText('In order (7)').click()
    await page.getByText('2 phones, 2 registered now').waitFor()
    await page.getByRole('button', { name: 'Look again' }).click()
    await page.getByText('2 things to look at').waitFor()
    expect(called).toEqual([])
    await page.getByRole('button', { name: 'Call 10000' }).click()
    await page.getByText('we hear nothing of 10000').waitFor()
    await page.getByRole('button', { name: '+442079460155: your own number' }).click()
    await page.getByRole('button', { name: 'Call +442079460155' }).click()
    await page.getByText('is heard both ways').waitFor()
    expect(called.map((body) => JSON.parse(body).number)).toEqual(['10000', '+442079460155'])
    expect(open.complaints).toEqual([])
  })

  it('lead from the new account to the first call, once', async () => {
    await using open = await openPage(browser, {
      server: { visitor: 'first', empty: true },
      hash: `#setup=${FAKE_TOKEN}`,
    })
    const { page, server } = open
    await page.getByLabel('Your name').fill('Ada')
    await page.getByLabel('Password', { exact: true }).fill('correct horse')
    await page.getByLabel('Password again').fill('correct horse')
    await page.keyboard.press('Enter')
    await page.getByLabel('Address 1').fill('192.168.178.1')
    await page.getByRole('button', { name: 'Take calls from there' }).click()
    await page.getByRole('heading', { name: 'What shall callers hear?' }).waitFor()
    expect(server.machine.settings.lines[0]?.trunk).toEqual(['127.0.0.0/8', '::1/128', '192.168.178.1'])
    await page.reload()
    await page.getByRole('heading', { name: 'What shall callers hear?' }).waitFor()
    await page.getByRole('button', { name: 'Use the one that came with it' }).click()
    await page.getByLabel('Name').fill('kitchen')
    await page.getByRole('button', { name: 'Add a phone' }).click()
    await page.getByRole('button', { name: 'I have set it up' }).click()
    await page.getByText('Waiting for your call').waitFor()
    const id = server.machine.ring('ruth')
    await page.getByText('There it is!').waitFor()
    server.machine.greet(id)
    server.machine.record(id, 5000)
    server.machine.end(id)
    await page.getByText('Your first message is here.').waitFor()
    await page.getByRole('button', { name: 'To the messages' }).click()
    await page.locator('[data-state=new]').waitFor()
    await page.goto(`${server.url}/#/welcome`)
    await page.locator('[data-state=new]').waitFor()
    expect(await page.getByText('Step 1 of 4').count()).toBe(0)
    expect(open.complaints).toEqual([])
  })
})
