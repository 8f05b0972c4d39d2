import { type Measured, type Program, start } from './measured-process.ts'
import { median } from './statistics.ts'

/** One measurement: what it is called, how it is taken, and what must hold. */
export interface Bench {
  id: string
  title: string
  reference: Program
  product: Program
  /** Opens what both programs need, once for all rounds; its settings go to both. */
  open?: () => Promise<{ settings: Record<string, string>; close: () => void }>
  /** Measures a running server; each figure has a name. */
  measure?: (server: Measured) => Promise<Figures>
  /** Measures both while both run, for what is so short that the machine's state decides it. */
  measureBoth?: (product: Measured, reference: Measured) => Promise<[Figures, Figures]>
  /** By figure: the least or the most that product / reference may be, or the most by which it may be more. */
  gates: Record<string, { atMost?: number; atLeast?: number; atMostMore?: number }>
  unit: string
}

type Figures = Record<string, number>

export interface Outcome {
  id: string
  lines: string[]
  passed: boolean
  valid: boolean
}

const ROUNDS = 7

/**
 * Measures reference and product by turns (A B B A …), each in a fresh process, and compares the medians over the
 * rounds. The first round warms up and does not count. Beside it the reference is compared with itself: when those
 * two halves differ by more than a tenth, the machine was too noisy for the run to mean anything.
 */
export async function compare(bench: Bench): Promise<Outcome> {
  const reference: Figures[] = []
  const product: Figures[] = []
  const around = await bench.open?.()
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [ours, theirs] = await once(around ? within(bench, around.settings) : bench, round)
    if (round > 0) {
      product.push(ours)
      reference.push(theirs)
    }
    process.stderr.write('.')
  }
  process.stderr.write('\n')
  around?.close()
  return judge(bench, reference, product)
}

function within({ product, reference, ...bench }: Bench, settings: Record<string, string>): Bench {
  const add = (program: Program) => ({ ...program, settings: { ...program.settings, ...settings } })
  return { ...bench, product: add(product), reference: add(reference) }
}

/** One round: the figures of the product and of the reference. */
async function once({ product, reference, measure, measureBoth }: Bench, round: number): Promise<[Figures, Figures]> {
  if (measureBoth) return running(product, (ours) => running(reference, (theirs) => measureBoth(ours, theirs)))
  if (!measure) throw new Error('a bench without a measurement')
  const first = round % 2 === 0 ? await running(reference, measure) : undefined
  const ours = await running(product, measure)
  return [ours, first ?? (await running(reference, measure))]
}

async function running<T>(program: Program, use: (server: Measured) => Promise<T>): Promise<T> {
  const server = await start(program)
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}

function judge(bench: Bench, reference: Figures[], product: Figures[]): Outcome {
  const of = (rounds: Figures[], figure: string) => median(rounds.map((figures) => figures[figure] ?? Number.NaN))
  const halves = [reference.filter((_, index) => index % 2 === 0), reference.filter((_, index) => index % 2 === 1)] as const
  let passed = true
  let valid = true
  const lines = Object.entries(bench.gates).map(([figure, { atMost, atLeast, atMostMore }]) => {
    const [ours, theirs] = [of(product, figure), of(reference, figure)]
    const ratio = ours / theirs
    const itself = of(halves[0], figure) / of(halves[1], figure)
    const holds =
      (atMost === undefined || ratio <= atMost) &&
      (atLeast === undefined || ratio >= atLeast) &&
      (atMostMore === undefined || ours - theirs <= atMostMore)
    const isGate = atMost !== undefined || atLeast !== undefined || atMostMore !== undefined
    if (isGate && !holds) passed = false
    if (isGate && (itself < 0.9 || itself > 1.1)) valid = false
    const gate = gateOf(bench.gates[figure] ?? {})
    const verdict = isGate ? (holds ? 'holds' : 'FAILS') : ''
    return `  ${figure.padEnd(22)} ${ours.toFixed(3).padStart(11)} ${theirs.toFixed(3).padStart(11)} ${bench.unit.padEnd(6)} ratio ${ratio.toFixed(2)} (${gate}) ${verdict}   A/A ${itself.toFixed(2)}`
  })
  return { id: bench.id, lines, passed, valid }
}

function gateOf({ atMost, atLeast, atMostMore }: Bench['gates'][string]): string {
  if (atMost !== undefined) return `≤ ${atMost}`
  if (atMostMore !== undefined) return `at most ${atMostMore} more`
  return atLeast === undefined ? 'for information' : `≥ ${atLeast}`
}
