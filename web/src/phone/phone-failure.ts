/** Why the page's phone can't, in words for the owner. */
export class PhoneFailure extends Error {}
