import type { Page } from 'playwright-core'

/** The pictures of who calls: a caller's page, and where contacts come from. */
export const peopleShots = [
  {
    name: 'caller',
    hash: '#/callers/k2',
    async pose(page: Page) {
      await page.getByLabel('Note').waitFor()
      await page.locator('.message, .call').first().waitFor()
    },
    whole: true,
  },
  {
    name: 'settings-addressbooks',
    hash: '#/settings/addressbooks',
    pose: (page: Page) => page.getByText('cloud.example.org').waitFor(),
  },
  {
    name: 'settings-addressbook',
    hash: '#/settings/addressbooks/s1',
    pose: (page: Page) => page.getByRole('textbox', { name: 'Address' }).waitFor(),
  },
] as const
