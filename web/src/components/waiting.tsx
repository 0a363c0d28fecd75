/** Says that something is being read; it shows only when that takes long enough to be noticed. */
export function Waiting({ text }: { readonly text: string }) {
  return (
    <p class="waiting" role="status">
      <span class="waiting-light" aria-hidden="true" />
      {text} …
    </p>
  )
}
