import type { WireState } from './wire.ts'

/** How many frames went each way, and how long the last ping took. */
export function Counters({ state: { sent, received, latency } }: { state: WireState }) {
  const counts = [
    ['Sent', String(sent)],
    ['Received', String(received)],
    ['Ping', latency === undefined ? '–' : `${latency.toFixed(1)} ms`],
  ]
  return (
    <dl className="flex gap-6 text-sm tabular-nums">
      {counts.map(([name, value]) => (
        <div key={name} className="flex gap-2">
          <dt className="text-muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
