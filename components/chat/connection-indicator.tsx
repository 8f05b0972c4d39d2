import { classes } from '#components/ui/classes.ts'
import type { Snapshot } from '#lib/transport/client/desk-client.ts'
import { texts } from './texts.ts'

const dots: Record<Snapshot['connection'], string> = {
  live: 'bg-good',
  polling: 'bg-warn',
  error: 'bg-bad',
  connecting: 'animate-pulse bg-muted',
}

/** How the line to the desk is: a dot, and always the words. */
export function ConnectionIndicator({ connection }: { connection: Snapshot['connection'] }) {
  return (
    <span role="status" className="inline-flex min-w-0 items-center gap-1.5" data-connection={connection}>
      <span aria-hidden className={classes('size-2 shrink-0 rounded-full forced-colors:border', dots[connection])} />
      <span className="truncate">{texts.connection[connection]}</span>
    </span>
  )
}
