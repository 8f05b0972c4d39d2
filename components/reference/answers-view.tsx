import type { OperationObject } from '#lib/protocol/openapi/document.ts'
import { MediaView } from './media-view.tsx'
import { Inline, Prose } from './prose.tsx'
import type { Components } from './schema-rows.ts'

/** What an operation answers: each success with its forms, the faults by their codes. */
export function AnswersView({ operation, components }: { operation: OperationObject; components: Components }) {
  const answers = Object.entries(operation.responses)
  const successes = answers.filter(([status]) => Number(status) < 400)
  const faults = answers.filter(([status]) => Number(status) >= 400)
  return (
    <section className="space-y-4">
      <h4 className="font-semibold">Answers</h4>
      {successes.map(([status, { description, content = {} }]) => (
        <div key={status} className="space-y-2 border-l-2 border-good pl-3">
          <div className="flex gap-3 text-sm">
            <span className="font-mono font-semibold">{status}</span>
            <Prose text={description} />
          </div>
          {Object.entries(content).map(([type, media]) => (
            <MediaView key={type} type={type} media={media} components={components} label={`Answer ${status}`} />
          ))}
        </div>
      ))}
      <ul className="space-y-1 border-l-2 border-bad pl-3 text-sm">
        {faults.map(([status, { content }]) => (
          <li key={status} className="flex gap-3">
            <span className="font-mono font-semibold">{status}</span>
            <span className="min-w-0">
              <Inline text={codes(content).join(', ')} />
            </span>
          </li>
        ))}
        <li>
          <a href="#errors" className="text-accent underline underline-offset-2">
            What the codes mean
          </a>
        </li>
      </ul>
    </section>
  )
}

function codes(content: OperationObject['responses'][string]['content']): string[] {
  return Object.keys(content?.['application/json']?.examples ?? {}).map((code) => `\`${code}\``)
}
