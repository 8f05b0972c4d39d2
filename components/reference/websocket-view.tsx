import { inOrder } from '#components/ui/in-order.ts'
import type { ApiDocument, FrameObject } from '#lib/protocol/openapi/document.ts'
import { nameOf } from '#lib/protocol/openapi/schemas.ts'
import { asText, Code } from './code.tsx'
import { Prose } from './prose.tsx'
import type { Components } from './schema-rows.ts'
import { SchemaView } from './schema-view.tsx'

/** The socket: its addresses, the frames in both directions, what it means when it closes. */
export function WebSocketView({ document }: { document: ApiDocument }) {
  const { description, addresses, inbound, outbound, closeCodes } = document['x-websocket']
  const { schemas } = document.components
  return (
    <section id="websocket" aria-labelledby="websocket-title" className="space-y-6 pt-12">
      <h2 id="websocket-title" className="text-2xl font-semibold">
        WebSocket
      </h2>
      <Prose text={description} />
      <dl className="space-y-1 text-sm">
        {addresses.map(({ address, description }) => (
          <div key={address} className="sm:flex sm:gap-3">
            <dt className="font-mono font-semibold sm:w-48">{address}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
      <Frames id="inbound" title="What you send" frames={inbound} components={schemas} />
      <Frames id="outbound" title="What you get" frames={outbound} components={schemas} />
      <h3 id="close-codes" className="text-lg font-semibold">
        When it closes
      </h3>
      <table aria-label="Close codes" className="w-full border-collapse text-sm">
        <tbody>
          {closeCodes.map(({ code, retryable, description }) => (
            <tr key={code} className="border-t border-line align-top">
              <th scope="row" className="py-2 pr-4 text-left font-mono font-semibold">
                {code}
              </th>
              <td className="py-2 pr-4">{description}</td>
              <td className="py-2 text-muted">{retryable ? 'come back' : 'do not retry'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Frames({ id, title, frames, components }: { id: string; title: string; frames: FrameObject[]; components: Components }) {
  return (
    <section aria-labelledby={id} className="space-y-6">
      <h3 id={id} className="text-lg font-semibold">
        {title}
      </h3>
      {inOrder(frames, ({ name, summary, schema, examples }) => (
        <div {...(schema.$ref && { id: `schema-${nameOf(schema.$ref)}` })} className="space-y-2 border-t border-line pt-4">
          <h4 className="font-mono font-semibold">{name}</h4>
          <Prose text={summary} className="text-sm" />
          <SchemaView schema={schema} components={components} label={`${name} frame`} />
          <Code code={examples.map(asText).join('\n')} label={`${name}: example`} />
        </div>
      ))}
    </section>
  )
}

/** The schemas that are shown with their frames, and so nowhere else. */
export function shownWithFrames({ 'x-websocket': { inbound, outbound } }: ApiDocument): Set<string> {
  return new Set([...inbound, ...outbound].flatMap(({ schema }) => (schema.$ref ? [nameOf(schema.$ref)] : [])))
}
