import type { Page } from 'playwright-core'

/** What stood on the card of the call while its message was left: what is sure, and what is only taken for it so far. */
export interface LiveWordsSeen {
  readonly sure: string
  readonly partial: string
}

/** Writes down, in the page, each state of the words of the call: one may be gone before anybody asks. */
export async function watchLiveWords(page: Page): Promise<() => Promise<readonly LiveWordsSeen[]>> {
  await page.evaluate(`{
    window.liveWordsSeen = []
    const read = (part) => document.querySelector('.call-card[data-phase=recording] .live-words-' + part)?.textContent.trim() ?? ''
    new MutationObserver(() => {
      const seen = { sure: read('sure'), partial: read('partial') }
      const last = liveWordsSeen.at(-1)
      if (seen.sure !== last?.sure || seen.partial !== last?.partial) liveWordsSeen.push(seen)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  }`)
  return () => page.evaluate<LiveWordsSeen[]>('liveWordsSeen')
}
