import type { ParameterObject } from '#lib/protocol/openapi/document.ts'
import type { Components, Row } from './schema-rows.ts'
import { rowsOf } from './schema-rows.ts'
import { PropertyTable } from './schema-view.tsx'

const places = { path: 'In the path', query: 'In the query', header: 'In headers' } as const

/** The parameters of an operation, by where they stand. */
export function ParametersView({ parameters, components }: { parameters: ParameterObject[]; components: Components }) {
  return (
    <section className="space-y-3">
      <h4 className="font-semibold">Parameters</h4>
      {Object.entries(places).map(([place, title]) => {
        const rows = parameters.filter((parameter) => parameter.in === place).flatMap((parameter) => rowOf(parameter, components))
        return rows.length > 0 && <PropertyTable key={place} rows={rows} label={title} caption={title} />
      })}
    </section>
  )
}

/** A parameter is told like the property of a body. */
function rowOf({ name, required, description, schema }: ParameterObject, components: Components): Row[] {
  const described = description === undefined ? schema : { ...schema, description }
  return rowsOf({ properties: { [name]: described }, required: required ? [name] : [] }, components)
}
