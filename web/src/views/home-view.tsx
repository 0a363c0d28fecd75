import { AskDialog } from '../components/ask-dialog.tsx'
import { Banners } from '../components/banners.tsx'
import { Faceplate } from '../components/faceplate.tsx'
import { LiveCalls } from '../components/live-calls.tsx'
import { NeedsMachine } from '../components/needs-machine.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { ShortcutsDialog } from '../components/shortcuts-dialog.tsx'
import { words } from '../i18n/words.ts'
import { callerAsked } from '../state/caller-asked.ts'
import { contactAsked } from '../state/contact-asked.ts'
import { ladderAsked } from '../state/ladder-asked.ts'
import { route } from '../state/route.ts'
import { sending } from '../state/sending.ts'
import { CallsView } from './calls-view.tsx'
import {
  LazyCallerDialog,
  LazyCallerPage,
  LazyContactDialog,
  LazyDialling,
  LazyKitchen,
  LazyLadderDialog,
  LazySending,
  LazySettings,
  LazyWelcome,
} from './lazy-view.tsx'
import { MessagesView } from './messages-view.tsx'
import './home-view.css'

/** The view at which the address points. */
function View() {
  switch (route.value.view) {
    case 'calls':
      return <CallsView />
    case 'phone':
      return (
        <NeedsMachine>
          <LazyDialling />
        </NeedsMachine>
      )
    case 'callers':
      return (
        <NeedsMachine>
          <LazyCallerPage />
        </NeedsMachine>
      )
    case 'settings':
      return (
        <NeedsMachine>
          <LazySettings />
        </NeedsMachine>
      )
    case 'welcome':
      return <LazyWelcome />
    default:
      return <MessagesView />
  }
}

/** The machine on one side, what it holds on the other. */
export function HomeView() {
  if (route.value.view === 'kitchen')
    return (
      <>
        <LazyKitchen />
        <ShortcutsDialog />
      </>
    )
  return (
    <div class="home">
      <button
        type="button"
        class="skip button"
        onClick={() => document.querySelector<HTMLElement>('#content')?.focus()}
      >
        {words.value.nav.skip}
      </button>
      <aside class="home-machine">
        <Faceplate />
      </aside>
      <div class="home-page">
        <PageHeader />
        <main id="content" tabIndex={-1}>
          <Banners />
          <LiveCalls />
          <View />
        </main>
      </div>
      <ShortcutsDialog />
      <AskDialog />
      {contactAsked.value && <LazyContactDialog />}
      {ladderAsked.value && <LazyLadderDialog />}
      {callerAsked.value && <LazyCallerDialog />}
      {sending.value && <LazySending />}
    </div>
  )
}
