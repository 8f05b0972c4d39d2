import type { MediaType } from '#lib/protocol/openapi/document.ts'
import { asText, Code } from './code.tsx'
import { Fold } from './fold.tsx'
import type { Components } from './schema-rows.ts'
import { SchemaView } from './schema-view.tsx'

/** A body or an answer in one of its forms: what it holds, and how it looks. */
export function MediaView({ type, media, components, label }: { type: string; media: MediaType; components: Components; label: string }) {
  const event = media['x-event']
  return (
    <div className="space-y-2">
      <p className="font-mono text-xs text-muted">{type}</p>
      {event && <p className="text-sm">Each event's data, as JSON:</p>}
      <SchemaView schema={event ?? media.schema} components={components} label={`${label} as ${type}`} />
      {Object.entries(media.examples ?? {}).map(([name, { value }]) => (
        <Fold key={name} title={`Example: ${name}`}>
          <Code code={asText(value)} label={`Example: ${name}`} />
        </Fold>
      ))}
    </div>
  )
}
