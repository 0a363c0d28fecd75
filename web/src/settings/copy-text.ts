/**
 * Puts a text on the clipboard; whether that went well. Browsers lend the clipboard to secure origins only, and a
 * machine at home is mostly reached without: there the old way still works.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'unseen'
  area.readOnly = true
  // Beside an open dialog nothing can be selected.
  const within = document.querySelector('dialog[open]') ?? document.body
  within.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
