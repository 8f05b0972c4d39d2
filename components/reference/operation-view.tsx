import type { ApiDocument, Method, OperationObject } from '#lib/protocol/openapi/document.ts'
import { accessOf } from './access.ts'
import { AnswersView } from './answers-view.tsx'
import { Code } from './code.tsx'
import { Fold } from './fold.tsx'
import { MediaView } from './media-view.tsx'
import { ParametersView } from './parameters-view.tsx'
import { Prose } from './prose.tsx'
import { samplesOf } from './samples.ts'

export interface OperationViewProps {
  document: ApiDocument
  base: string
  path: string
  method: Method
  operation: OperationObject
  /** Other addresses of the same handler. */
  aliases: string[]
}

/** One endpoint: what it does, what it takes, what it answers, how to call it. */
export function OperationView({ document, base, path, method, operation, aliases }: OperationViewProps) {
  const { operationId, summary, description, parameters = [], requestBody } = operation
  const { schemas } = document.components
  return (
    <article id={operationId} aria-labelledby={`${operationId}-title`} className="space-y-4 border-t border-line py-8 break-words">
      <header className="space-y-2">
        <h3 id={`${operationId}-title`} className="text-lg font-semibold">
          <a href={`#${operationId}`}>{summary}</a>
        </h3>
        <p className="font-mono text-sm">
          <MethodName method={method} /> {path}
        </p>
        {aliases.length > 0 && <p className="font-mono text-xs text-muted">also {aliases.join(', ')}</p>}
      </header>
      <Prose text={description} />
      <p className="text-sm text-muted">{accessOf(operation)}</p>
      {parameters.length > 0 && <ParametersView parameters={parameters} components={schemas} />}
      {requestBody && (
        <section className="space-y-2">
          <h4 className="font-semibold">Body{requestBody.required ? '' : ' (optional)'}</h4>
          {Object.entries(requestBody.content).map(([type, media]) => (
            <MediaView key={type} type={type} media={media} components={schemas} label={`Body of ${summary}`} />
          ))}
        </section>
      )}
      <AnswersView operation={operation} components={schemas} />
      <section>
        <h4 className="font-semibold">Call it</h4>
        {samplesOf(base, path, method, operation).map(({ language, code }, index) => (
          <Fold key={language} title={language} open={index === 0}>
            <Code code={code} label={`${summary} with ${language}`} />
          </Fold>
        ))}
      </section>
    </article>
  )
}

/** The method, told apart by its word; the colour only helps. */
function MethodName({ method }: { method: Method }) {
  return <span className="font-semibold text-accent uppercase">{method}</span>
}
