import { answerWrites } from './answer-writes.ts'
import { benches } from './benches.ts'
import { compare, type Outcome } from './compare.ts'
import { releaseDelay } from './release-delay.ts'
import { sessionLength } from './session-length.ts'

/** `node bench/run.ts P-01 P-04`: measures what is named, or everything, and says what holds. */
const measurements = new Map<string, { title: string; take: () => Promise<Outcome> }>([
  ...benches.map((bench) => {
    const columns = `\n  ${''.padEnd(22)} ${bench.product.name.padStart(11)} ${bench.reference.name.padStart(11)}`
    return [bench.id, { title: `${bench.title}${columns}`, take: () => compare(bench) }] as const
  }),
  ['P-09', { title: 'a sentence, from its last character to its readers', take: releaseDelay }],
  ['P-12', { title: 'commits of the database for an answer', take: answerWrites }],
  ['P-13', { title: 'a message in a session of 10,000, beside one among the first', take: sessionLength }],
])
const wanted = process.argv.length > 2 ? process.argv.slice(2) : [...measurements.keys()]
const unknown = wanted.filter((id) => !measurements.has(id))
if (unknown.length > 0) {
  console.error(`There is no measurement ${unknown.join(', ')}. There are: ${[...measurements.keys()].join(', ')}`)
  process.exit(2)
}

let failed = false
for (const id of wanted) {
  const measurement = measurements.get(id)
  if (!measurement) continue
  console.log(`\n${id}  ${measurement.title}`)
  const outcome = await measurement.take()
  for (const line of outcome.lines) console.log(line)
  if (!outcome.valid) console.log('  The machine was too noisy: what is measured does not agree with itself. Run it again.')
  failed ||= !outcome.passed
}
process.exit(failed ? 1 : 0)
