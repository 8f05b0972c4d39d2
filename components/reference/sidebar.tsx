import { anchorOf, type Chapter } from './contents.ts'

const others = [
  { anchor: 'websocket', title: 'WebSocket' },
  { anchor: 'errors', title: 'Errors' },
  { anchor: 'schemas', title: 'Schemas' },
]

/** The way through the reading view: beside it where there is room, folded above it where there is not. */
export function Sidebar({ chapters }: { chapters: Chapter[] }) {
  return (
    <>
      <details className="border-b border-line py-3 lg:hidden print:hidden">
        <summary className="font-semibold">Contents</summary>
        <Contents chapters={chapters} />
      </details>
      <div className="sticky top-0 hidden h-dvh w-64 shrink-0 overflow-y-auto py-8 pr-4 lg:block print:hidden">
        <Contents chapters={chapters} />
      </div>
    </>
  )
}

function Contents({ chapters }: { chapters: Chapter[] }) {
  return (
    <nav aria-label="API" className="space-y-4 pt-3 text-sm">
      {chapters.map(({ tag, entries }) => (
        <div key={tag}>
          <a href={`#${anchorOf(tag)}`} className="block py-1 font-semibold">
            {tag}
          </a>
          <ul className="border-l border-line">
            {entries.map(({ operation: { operationId, summary } }) => (
              <li key={operationId}>
                <a href={`#${operationId}`} className="block py-1 pl-3 text-muted hover:text-ink">
                  {summary}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {others.map(({ anchor, title }) => (
        <a key={anchor} href={`#${anchor}`} className="block py-1 font-semibold">
          {title}
        </a>
      ))}
    </nav>
  )
}
