/** Mail addresses with commas between them, as they are given to a flag; an empty text is none of them. */
export const readAddresses = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((address) => address.trim())
    .filter(Boolean)
