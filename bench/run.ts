import { benches } from './benches.ts'
import { compare } from './compare.ts'

/** `npm run bench -- P-01 P-04`: measures what is named, or everything, and says what holds. */
const wanted = process.argv.slice(2)
const unknown = wanted.filter((id) => !benches.some((bench) => bench.id === id))
if (unknown.length > 0) {
  console.error(`There is no measurement ${unknown.join(', ')}. There are: ${benches.map(({ id }) => id).join(', ')}`)
  process.exit(2)
}

let failed = false
for (const bench of benches.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  console.log(`\n${bench.id}  ${bench.title}\n  ${''.padEnd(22)} ${bench.product.name.padStart(11)} ${bench.reference.name.padStart(11)}`)
  const outcome = await compare(bench)
  for (const line of outcome.lines) console.log(line)
  if (!outcome.valid) console.log('  The machine was too noisy: the reference does not agree with itself. Run it again.')
  failed ||= !outcome.passed
}
process.exit(failed ? 1 : 0)
