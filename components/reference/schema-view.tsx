import { inOrder } from '#components/ui/in-order.ts'
import type { JsonSchema } from '#lib/protocol/openapi/document.ts'
import { nameOf } from '#lib/protocol/openapi/schemas.ts'
import { Inline } from './prose.tsx'
import { type Components, choicesOf, type Row, resolve, rowsOf, typeOf } from './schema-rows.ts'

interface SchemaViewProps {
  schema: JsonSchema
  components: Components
  label: string
}

/** A schema for reading: the table of its properties, or its alternatives, or its type in a word. */
export function SchemaView({ schema, components, label }: SchemaViewProps) {
  const rows = rowsOf(schema, components)
  if (rows.length > 0) return <PropertyTable rows={rows} label={label} />
  const choices = choicesOf(schema, components)
  if (choices.length > 0) return <Choices choices={choices} components={components} label={label} />
  const { description = '' } = resolve(schema, components)
  return (
    <p className="text-sm">
      <TypeName>{typeOf(schema, components)}</TypeName> <Inline text={description} />
    </p>
  )
}

function Choices({ choices, components, label }: { choices: JsonSchema[]; components: Components; label: string }) {
  return (
    <div className="space-y-2">
      <p className="text-sm text-muted">One of:</p>
      <ul className="space-y-3 border-l border-line pl-3">
        {choices.map((choice, index) => (
          <li key={choice.$ref ?? index}>
            {choice.$ref ? (
              <SchemaLink name={nameOf(choice.$ref)} />
            ) : (
              <SchemaView schema={choice} components={components} label={`${label}, ${index + 1}`} />
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The looks of a table's cells stand on the table: there are hundreds of rows. */
const tableLook = [
  'w-full table-fixed border-collapse text-left text-sm',
  '[&_:is(td,th)]:py-2 [&_:is(td,th)]:align-top [&_:is(td,th)]:font-normal [&_:is(td,th)]:break-words',
  '[&_tbody_tr]:border-t [&_tbody_tr]:border-line [&_th]:pr-3 [&_thead]:text-muted [&_code]:font-semibold [&_small]:text-muted',
].join(' ')

/** The table itself; nested properties are indented below their owner. */
export function PropertyTable({ rows, label, caption }: { rows: Row[]; label: string; caption?: string }) {
  return (
    <table aria-label={label} className={tableLook}>
      {caption && <caption className="text-left">{caption}</caption>}
      <thead>
        <tr>
          <th scope="col" className="w-2/5 lg:w-1/3">
            Name and type
          </th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {inOrder(rows, (row) => (
          <tr>
            <th scope="row" {...(row.depth > 0 && { style: { paddingLeft: `${row.depth}rem` } })}>
              <code>{row.name}</code>
              {row.required && <span className="text-bad"> required</span>}
              <br />
              <TypeName>{row.type}</TypeName>
            </th>
            <td>
              {row.description && <Inline text={row.description} />}
              {row.limits && <small className="block text-sm">{row.limits}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function TypeName({ children }: { children: string }) {
  return <small className="font-mono text-xs text-muted">{children}</small>
}

function SchemaLink({ name }: { name: string }) {
  return (
    <a href={`#schema-${name}`} className="font-mono text-sm text-accent underline underline-offset-2">
      {name}
    </a>
  )
}
