import type { ApiDocument } from '#lib/protocol/openapi/document.ts'
import { anchorOf, chaptersOf } from './contents.ts'
import { ErrorsView } from './errors-view.tsx'
import { OperationView } from './operation-view.tsx'
import { Prose } from './prose.tsx'
import { SchemasSection } from './schemas-section.tsx'
import { Sidebar } from './sidebar.tsx'
import { shownWithFrames, WebSocketView } from './websocket-view.tsx'

/** The published description as a document for reading and printing. `base` is the desk's address, for the samples. */
export function Reference({ document, base }: { document: ApiDocument; base: string }) {
  const chapters = chaptersOf(document)
  const { info } = document
  return (
    <div className="mx-auto max-w-6xl px-4 lg:flex lg:gap-8 print:max-w-none">
      <Sidebar chapters={chapters} />
      <main className="min-w-0 flex-1 pt-8 pb-24">
        <h1 className="text-2xl font-semibold">
          {info.title} API <span className="text-base font-normal text-muted">version {info.version}</span>
        </h1>
        <p className="flex flex-wrap gap-x-6 gap-y-1 py-3 text-sm print:hidden">
          <Elsewhere href="/docs">Try it out</Elsewhere>
          <Elsewhere href="/test">Developer page</Elsewhere>
          <Elsewhere href="/openapi.json">openapi.json</Elsewhere>
        </p>
        <Prose text={info.description} />
        {chapters.map(({ tag, description, entries }) => (
          <section key={tag} id={anchorOf(tag)} aria-labelledby={`${anchorOf(tag)}-title`} className="space-y-3 pt-12">
            <h2 id={`${anchorOf(tag)}-title`} className="text-2xl font-semibold">
              {tag}
            </h2>
            <Prose text={description} />
            {entries.map((entry) => (
              <OperationView key={entry.operation.operationId} document={document} base={base} {...entry} />
            ))}
          </section>
        ))}
        <WebSocketView document={document} />
        <ErrorsView rows={document['x-errors']} />
        <SchemasSection components={document.components.schemas} shown={shownWithFrames(document)} />
      </main>
    </div>
  )
}

/** A plain link: these pages are no part of the React application. */
function Elsewhere({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} className="text-accent underline underline-offset-2">
      {children}
    </a>
  )
}
