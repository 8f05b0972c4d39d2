import type { ErrorRow } from '#lib/protocol/openapi/document.ts'
import { Prose } from './prose.tsx'

/** All error codes, and what each door makes of them. */
export function ErrorsView({ rows }: { rows: ErrorRow[] }) {
  return (
    <section id="errors" aria-labelledby="errors-title" className="space-y-4 pt-12">
      <h2 id="errors-title" className="text-2xl font-semibold">
        Errors
      </h2>
      <Prose text="Over HTTP: `{error: {code, message, retryable, request_id}, detail}` with the status. On a socket: a frame `{type: error, code, message, content, retryable}`; errors with a close code end it." />
      <table aria-label="Error codes" className="w-full border-collapse text-sm">
        <thead className="text-left text-muted">
          <tr>
            <th scope="col" className="py-1 pr-3 font-normal">
              Code
            </th>
            <th scope="col" className="py-1 pr-3 font-normal">
              HTTP
            </th>
            <th scope="col" className="hidden py-1 pr-3 font-normal sm:table-cell">
              Close
            </th>
            <th scope="col" className="py-1 font-normal">
              Meaning
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, status, close, retryable, description }) => (
            <tr key={code} className="border-t border-line align-top">
              <th scope="row" className="py-2 pr-3 text-left font-mono font-semibold break-all">
                {code}
              </th>
              <td className="py-2 pr-3">{status}</td>
              <td className="hidden py-2 pr-3 sm:table-cell">{close ?? '–'}</td>
              <td className="py-2">
                {description}
                {retryable && <span className="text-muted"> Trying again makes sense.</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
