import { Mark } from '#components/ui/mark.tsx'
import type { Snapshot } from '#lib/transport/client/desk-client.ts'
import { useChat } from './chat-context.ts'
import { ConnectionIndicator } from './connection-indicator.tsx'
import { HeaderMenus } from './header-menus.tsx'
import { PersonButton } from './person-button.tsx'
import { WhoAnswers } from './who-answers.tsx'

interface HeaderProps {
  snapshot: Snapshot
  onRenew: () => void
}

/** Whose desk it is, who answers, whether the line is up, and what is always one tap away. */
export function Header({ snapshot, onRenew }: HeaderProps) {
  const { deskName } = useChat()
  const { log, connection } = snapshot
  return (
    <header className="border-b border-line bg-surface ps-[max(1rem,env(safe-area-inset-left))] pe-[max(0.5rem,env(safe-area-inset-right))] pt-[env(safe-area-inset-top)] sm:pe-4">
      <div className="mx-auto flex min-h-16 max-w-5xl items-center gap-3">
        <span className="hidden xs:flex">
          <Mark />
        </span>
        <div className="min-w-0 flex-1">
          <h1 className="truncate text-base/5 font-semibold">{deskName}</h1>
          <p className="mt-0.5 flex min-w-0 items-center gap-2 text-xs text-muted">
            <WhoAnswers log={log} />
            <ConnectionIndicator connection={connection} />
          </p>
        </div>
        <div className="flex shrink-0 items-center gap-1">
          {!snapshot.forbidden && <PersonButton status={log.status} />}
          <HeaderMenus onRenew={onRenew} />
        </div>
      </div>
    </header>
  )
}
