/**
 * The file in which a thread or a process of ours begins, with the same ending as the module that asks: `.ts` from
 * a checkout, `.js` where it was compiled.
 *
 * @param here `import.meta.url` of the module that asks
 * @param path from its folder, without an ending
 */
export const entryBeside = (here: string, path: string): URL =>
  new URL(`./${path}${here.slice(here.lastIndexOf('.'))}`, here)
