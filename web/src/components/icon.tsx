/** The page's icons: strokes on a grid of 24. They are decoration; the button around them carries the name. */
const shapes = {
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 6v12M15.5 6v12',
  stop: 'M7 7h10v10H7z',
  trash: 'M5 7h14M10 7V5h4v2M7 7l.8 12h8.4L17 7M10.2 10.5v5M13.8 10.5v5',
  restore: 'M5 8h9a5 5 0 0 1 0 10h-4M8 4.5 4.5 8 8 11.5',
  search: 'M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15.5 15.5 20 20',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  menu: 'M12 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM5 19.500c.8-3.400 3.500-5 7-5s6.200 1.600 7 5',
  copy: 'M9 9h10v10H9zM15 9V5H5v10h4',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4.5 20.5 19h-17zM12 10v4.2M12 16.6v.1',
  message:
    'M7.5 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM16.5 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM7.5 15.5h9',
  missed: 'M6 7l6 6 6-6M6 7v4M6 7h4',
  ended: 'M4.5 14.2c4.5-4 10.500-4 15 0l-2 2.300-3.200-1.600v-2c-1.500-.5-3.100-.5-4.600 0v2l-3.200 1.600z',
  blocked: 'M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7.200 7.200l9.600 9.600',
  taken:
    'M7 5.500 9.500 5l1.500 4-2 1.500a9 9 0 0 0 4.500 4.500l1.500-2 4 1.500-.5 2.500c-.3 1-1 1.500-2 1.500C10.500 18.500 5.500 13.500 5.500 7.500c0-1 .5-1.700 1.500-2z',
  settings:
    'M4.5 8h9M17.5 8h2M4.5 16h2M10.5 16h9M15.5 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8.5 18.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  on: 'M9.5 6l6 6-6 6',
  backward: 'M14.5 6l-6 6 6 6',
  plus: 'M12 6v12M6 12h12',
  phone: 'M8 3.5h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1zM11 17.5h2',
  microphone: 'M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5v3',
  key: 'M8.5 19a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM11 13l7.5-7.5M15.500 8.500l2.500 2.500',
  eye: 'M3.5 12c2-3.700 5-5.500 8.500-5.500s6.500 1.800 8.500 5.500c-2 3.700-5 5.500-8.500 5.500S5.500 15.700 3.500 12zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  about: 'M12 19.5a7.5 7.5 0 1 0 0-15 7.500 7.500 0 0 0 0 15zM12 11.500v4.500M12 8.300v.1',
  record: 'M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10z',
  upload: 'M12 15.500V5M8 8.500l4-4 4 4M5.500 15.500V19h13v-3.500',
} as const

export type IconName = keyof typeof shapes

const FILLED: readonly IconName[] = ['play', 'stop', 'record']

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={FILLED.includes(name) ? 'icon icon-filled' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}
