/** Addresses as people write them: with commas, semicolons, spaces or lines between. */
export const splitAddresses = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '')
