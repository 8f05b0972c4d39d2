import { Mark } from '#components/ui/mark.tsx'
import type { Snapshot } from '#lib/transport/client/desk-client.ts'
import { CustomerName } from './cards/customer-name.tsx'
import { useChat } from './chat-context.ts'
import { ConnectionIndicator } from './connection-indicator.tsx'
import { HeaderMenus } from './header-menus.tsx'
import { PersonButton } from './person-button.tsx'
import { WhoAnswers } from './who-answers.tsx'

interface HeaderProps {
  snapshot: Snapshot
  onRenew: () => void
  onEnd: (() => void) | undefined
  onSignIn: () => void
  onSignOut: () => void
}

/** Whose desk it is, who answers, whether the line is up, and what is always one tap away. */
export function Header({ snapshot, ...wishes }: HeaderProps) {
  const { deskName } = useChat()
  const { log, connection } = snapshot
  return (
    <header className="border-b border-line bg-surface ps-[max(1rem,env(safe-area-inset-left))] pe-[max(0.5rem,env(safe-area-inset-right))] pt-[env(safe-area-inset-top)] sm:pe-4">
      <div className="mx-auto grid min-h-16 max-w-5xl grid-cols-[1fr_auto] content-center items-center gap-x-2 max-sm:py-1.5 sm:gap-x-3 sm:grid-cols-[auto_1fr_auto]">
        <span className="row-span-2 hidden sm:flex">
          <Mark />
        </span>
        <h1 title={deskName} className="truncate text-base/5 font-semibold max-[22rem]:text-sm/5 sm:self-end">
          {deskName}
        </h1>
        <div className="flex shrink-0 items-center gap-1 sm:row-span-2">
          {!snapshot.forbidden && <PersonButton status={log.status} />}
          <HeaderMenus customer={log.customer?.name} {...wishes} />
        </div>
        <p className="flex min-w-0 items-center gap-2 text-xs text-muted max-sm:col-span-2 sm:mt-0.5 sm:self-start">
          <WhoAnswers log={log} />
          <ConnectionIndicator connection={connection} />
          <CustomerName name={log.customer?.name} />
        </p>
      </div>
    </header>
  )
}
