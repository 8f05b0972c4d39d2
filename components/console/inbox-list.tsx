import { classes } from '#components/ui/classes.ts'
import type { Inbox, InboxRow } from '#lib/protocol/console.ts'
import { texts } from './texts.ts'
import type { Show } from './use-console.ts'

interface InboxListProps {
  show: Show
  onShow: (show: Show) => void
  inbox: Inbox | undefined
  chosen: string | undefined
  onChoose: (key: string) => void
}

const lists: Show[] = ['waiting', 'mine', 'all', 'closed']

/** The conversations, by list. */
export function InboxList({ show, onShow, inbox, chosen, onChoose }: InboxListProps) {
  return (
    <section aria-label={texts.sessions} className="flex min-h-0 flex-1 flex-col">
      <nav aria-label={texts.sessions} className="flex gap-1 border-b border-line p-2">
        {lists.map((list) => (
          <button
            key={list}
            type="button"
            aria-current={list === show ? 'page' : undefined}
            onClick={() => onShow(list)}
            className={classes(
              'inline-flex min-h-9 flex-1 items-center justify-center gap-1.5 rounded-field px-2 text-sm touch:min-h-11',
              list === show ? 'bg-ink/8 font-medium' : 'text-muted hover:bg-ink/6 hover:text-ink',
            )}
          >
            {texts.lists[list]}
            {list === 'waiting' && inbox !== undefined && inbox.waiting > 0 && (
              <span className="rounded-full bg-accent px-1.5 text-xs font-medium text-on-accent">{inbox.waiting}</span>
            )}
          </button>
        ))}
      </nav>
      {inbox?.sessions.length === 0 && <p className="p-6 text-center text-sm text-balance text-muted">{texts.empty[show]}</p>}
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {inbox?.sessions.map((row) => (
          <li key={row.key}>
            <Row row={row} isChosen={row.key === chosen} onChoose={() => onChoose(row.key)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Row({ row, isChosen, onChoose }: { row: InboxRow; isChosen: boolean; onChoose: () => void }) {
  const { customer, session_id, last_message, status } = row
  return (
    <button
      type="button"
      onClick={onChoose}
      aria-current={isChosen ? 'true' : undefined}
      className={classes(
        'flex w-full flex-col gap-0.5 border-b border-line px-4 py-3 text-start focus-visible:-outline-offset-2',
        isChosen ? 'bg-accent/10' : 'hover:bg-ink/4',
      )}
    >
      <span className="flex w-full items-baseline gap-2">
        <span dir="auto" className="min-w-0 flex-1 truncate text-sm font-medium">
          {customer ?? `${texts.visitor} ${session_id.slice(0, 8)}`}
        </span>
        <span className={classes('shrink-0 text-xs', status === 'waiting' ? 'font-medium text-bad' : 'text-muted')}>{standing(row)}</span>
      </span>
      <span dir="auto" className="w-full truncate text-sm text-muted">
        {last_message?.content ?? ''}
      </span>
    </button>
  )
}

function standing({ status, waiting_since, operator, mine, rating }: InboxRow): string {
  if (status === 'waiting' && waiting_since !== null) return texts.waitsSince(Math.floor((Date.now() - Date.parse(waiting_since)) / 60_000))
  if (operator !== null) return texts.heldBy(mine ? texts.you : operator)
  if (status === 'closed' && rating !== null) return texts.rated(rating)
  return texts.status[status]
}
