/** What is set for one browser alone, in English. */
export const device = {
  lead: 'What is set for this browser alone.',
  summaryOn: 'Notifications are on',
  summaryOff: 'Notifications are off',
  notifications: 'Notifications on this device',
  notificationsHint:
    'Tells you of calls and new messages though this page be closed. It takes the way over the service of the browser’s maker, encrypted: only this browser can read it.',
  test: 'Send a test notification',
  tested: 'Sent. It should be here in a moment',
  switchedOn: 'This browser tells you of calls and new messages',
  switchedOff: 'This browser tells you nothing any more',
  notAllowed: 'The browser was not allowed to show notifications. Try again, and say yes.',
  noService:
    'The browser could not reach its maker’s service for notifications. Is the Internet reachable? Some browsers have none, or have it switched off in their settings.',
  insecure:
    'Browsers take notifications by a secure connection only. Open this page by https, or on the machine itself at http://localhost.',
  'install-first':
    'On an iPhone or iPad the installed app takes notifications: tap Share, then Add to Home Screen, and open Answerphone from there.',
  unsupported: 'This browser takes no notifications.',
  denied:
    'Notifications are forbidden to this page. Allow them beside the address at the top, or in the settings of the browser, then come back.',
  off: 'Notifications are switched off on this machine: it was started with --push off.',
  links: 'Telephone links',
  linksHint:
    'Numbers on other pages may be opened here: the number then stands in the field, and nothing is called before you press Call. The browser asks you once.',
  linksTake: 'Open telephone links here',
  linksAsked: 'Say yes when the browser asks',
  keeps:
    'By a secure connection, this browser also keeps the list and the messages that were heard here, so that you have them without the machine. Logging out removes all of it.',
}
