import { Info, TriangleAlert, WifiOff, X } from 'lucide-react'
import { IconButton } from '#components/ui/button.tsx'
import { texts } from './texts.ts'
import type { Notice } from './use-notice.ts'

interface NoticeBarProps {
  notice: Notice | undefined
  offline: boolean
  onDismiss: () => void
}

/** Above the composer: what the visitor should know and what is no part of the conversation. */
export function NoticeBar({ notice, offline, onDismiss }: NoticeBarProps) {
  return (
    <>
      <div role="status">
        {offline && (
          <p className={bar}>
            <WifiOff aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
            {texts.offline}
          </p>
        )}
      </div>
      <div role={notice?.bad ? 'alert' : 'status'}>
        {notice && (
          <div className={bar}>
            {notice.bad ? (
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
            ) : (
              <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
            )}
            <p className="flex-1">{notice.text}</p>
            <IconButton label={texts.dismiss} onClick={onDismiss} className="-my-2 -me-2">
              <X aria-hidden className="size-4" />
            </IconButton>
          </div>
        )}
      </div>
    </>
  )
}

const bar = 'mb-2 flex items-start gap-2.5 rounded-field border border-line bg-raised px-3 py-2 text-sm'
