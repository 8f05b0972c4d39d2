import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely'

class StandIn {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * Builds a query once and binds values at each run: the builder's types without its cost, for the few
 * statements that every message goes through. `build` sees stand-ins, so it must not look at the values.
 */
export function prepare<Values extends object, Row>(build: (values: Values) => Compilable<Row>) {
  const standIns = new Proxy({}, { get: (_, name) => new StandIn(String(name)) }) as Values
  const compiled: CompiledQuery<Row> = build(standIns).compile()
  return <S>(db: Kysely<S>, values: Values): Promise<QueryResult<Row>> => {
    const bind = (value: unknown) => (value instanceof StandIn ? values[value.name as keyof Values] : value)
    return db.executeQuery({ ...compiled, parameters: compiled.parameters.map(bind) })
  }
}
