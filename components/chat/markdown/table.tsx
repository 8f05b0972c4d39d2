import type { Token, Tokens } from 'marked'
import type { ReactNode } from 'react'
import { inOrder } from '#components/ui/in-order.ts'

interface TableProps {
  table: Tokens.Table
  within: (tokens: readonly Token[]) => ReactNode
}

/** A table. A wide one scrolls by itself, with the keyboard too. */
export function Table({ table: { header, rows }, within }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div className="table-scroll" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {inOrder(header, ({ tokens, align }) => (
              <th scope="col" style={{ textAlign: align ?? 'start' }}>
                {within(tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder(rows, (row) => (
            <tr>
              {inOrder(row, ({ tokens, align }) => (
                <td style={{ textAlign: align ?? 'start' }}>{within(tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
