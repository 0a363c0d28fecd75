import { Toasts } from './components/toasts.tsx'
import { announcement } from './state/announcement.ts'
import { route } from './state/route.ts'
import { screen } from './state/session.ts'
import { HomeView } from './views/home-view.tsx'
import { LoginView } from './views/login-view.tsx'
import { SetupLinkNeeded, SetupView } from './views/setup-view.tsx'
import { Unreachable } from './views/unreachable.tsx'

export function App() {
  return (
    <>
      <Screen />
      <Toasts />
      <p class="unseen" aria-live="assertive">
        {announcement}
      </p>
    </>
  )
}

function Screen() {
  switch (screen.value) {
    case 'waiting':
      return <Unreachable />
    case 'setup':
      return route.value.view === 'setup' ? <SetupView token={route.value.token} /> : null
    case 'setup-link-needed':
      return <SetupLinkNeeded />
    case 'login':
      return <LoginView />
    case 'home':
      return <HomeView />
  }
}
