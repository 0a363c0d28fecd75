import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { Waiting } from '../components/waiting.tsx'
import { type Words, words } from '../i18n/words.ts'

/** A view that comes when it is asked for: the page of every day does without it. */
export function lazyView(fetchView: () => Promise<ComponentType>, nameIn: (words: Words) => string) {
  const view = signal<ComponentType | null>(null)
  /** Whether it could not be fetched; the next visit tries again. */
  const failed = signal(false)

  function fetchOnce(): void {
    if (view.value !== null) return
    fetchView()
      .then((fetched) => {
        view.value = fetched
        failed.value = false
      })
      .catch(() => {
        failed.value = true
      })
  }

  return function LazyView() {
    useEffect(fetchOnce, [])
    const View = view.value
    if (View) return <View />
    if (!failed.value) return <Waiting text={nameIn(words.value)} />
    return <p role="alert">{words.value.failures.offline}</p>
  }
}

export const LazyKitchen = lazyView(
  () => import('../kitchen/kitchen-view.tsx').then(({ KitchenView }) => KitchenView),
  ({ menu }) => menu.kitchen,
)

export const LazyDialling = lazyView(
  () => import('../dialling/dial-view.tsx').then(({ DialView }) => DialView),
  ({ nav }) => nav.phone,
)

export const LazyCallerDialog = lazyView(
  () => import('../caller/caller-dialog.tsx').then(({ CallerDialog }) => CallerDialog),
  ({ caller }) => caller.about,
)

export const LazyCallerPage = lazyView(
  () => import('../caller/page/caller-page.tsx').then(({ CallerPage }) => CallerPage),
  ({ caller }) => caller.about,
)

export const LazyContactDialog = lazyView(
  () => import('../contacts/contact-dialog.tsx').then(({ ContactDialog }) => ContactDialog),
  ({ messages }) => messages.addCaller,
)

export const LazyLadderDialog = lazyView(
  () => import('../ladder/ladder-dialog.tsx').then(({ LadderDialog }) => LadderDialog),
  ({ calls }) => calls.detailsShort,
)

export const LazySettings = lazyView(
  () => import('../settings/settings-view.tsx').then(({ SettingsView }) => SettingsView),
  ({ nav }) => nav.settings,
)

export const LazySending = lazyView(
  () => import('../sending/sending-dialog.tsx').then(({ SendingDialog }) => SendingDialog),
  ({ messages }) => messages.forward,
)

/** The steps of the first start come with the settings. */
export const LazyWelcome = lazyView(
  () => import('../settings/settings-view.tsx').then(({ WelcomeView }) => WelcomeView),
  ({ nav }) => nav.settings,
)
