import { Prose } from './prose.tsx'
import type { Components } from './schema-rows.ts'
import { SchemaView } from './schema-view.tsx'

/** Every named schema that is not shown elsewhere: the place that references lead to. */
export function SchemasSection({ components, shown }: { components: Components; shown: Set<string> }) {
  const rest = Object.entries(components).filter(([name]) => !shown.has(name))
  return (
    <section id="schemas" aria-labelledby="schemas-title" className="space-y-6 pt-12">
      <h2 id="schemas-title" className="text-2xl font-semibold">
        Schemas
      </h2>
      {rest.map(([name, schema]) => (
        <div key={name} id={`schema-${name}`} className="space-y-2 border-t border-line pt-4">
          <h3 className="font-mono font-semibold">{name}</h3>
          {schema.properties && schema.description && <Prose text={schema.description} className="text-sm" />}
          <SchemaView schema={schema} components={components} label={name} />
        </div>
      ))}
    </section>
  )
}
