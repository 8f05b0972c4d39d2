import { Pencil } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { texts } from './texts.ts'

/** Above the message box while the last message is said in other words. */
export function Editing({ onLeave }: { onLeave: () => void }) {
  return (
    <div className="mb-2 flex items-center gap-2 text-sm text-muted">
      <Pencil aria-hidden className="size-4 shrink-0" />
      <p role="status" className="min-w-0 flex-1 truncate">
        {texts.editing}
      </p>
      <Button look="quiet" onClick={onLeave}>
        {texts.stopEditing}
      </Button>
    </div>
  )
}
