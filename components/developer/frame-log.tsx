import { useLayoutEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ScrollBox } from '#components/ui/scroll-box.tsx'
import { Counters } from './counters.tsx'
import { Panel } from './field.tsx'
import { FrameRow } from './frame-row.tsx'
import type { WireState } from './wire.ts'

/** Closer than this to its end, in pixels, the list follows what comes. */
const NEAR = 40

/** Everything that went over the wire, oldest first. */
export function FrameLog({ state, onClear }: { state: WireState; onClear: () => void }) {
  const [pretty, setPretty] = useState(true)
  const list = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const { frames } = state

  useLayoutEffect(() => {
    if (frames.length > 0 && atEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [frames])

  return (
    <Panel title="Frames">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Counters state={state} />
        <label className="flex items-center gap-2 text-sm">
          <input type="checkbox" checked={pretty} onChange={({ target }) => setPretty(target.checked)} className="size-4 accent-accent" />
          Pretty-print
        </label>
        <Button onClick={onClear} disabled={frames.length === 0}>
          Clear
        </Button>
      </div>
      <ScrollBox
        ref={list}
        label="Frames, oldest first"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR
        }}
        className="h-128 lg:h-[calc(100dvh-16rem)]"
      >
        {frames.length === 0 && <p className="font-sans text-muted">Nothing yet. Press Connect, then send something.</p>}
        <ol className="space-y-2">
          {frames.map((frame) => (
            <FrameRow key={frame.id} frame={frame} pretty={pretty} />
          ))}
        </ol>
      </ScrollBox>
    </Panel>
  )
}
