import { percentile } from '../../bench/statistics.ts'
import type { Sample } from './measure.ts'

/** A mode and what was measured of it, or why it could not be. */
export interface Row {
  mode: string
  samples: Sample[]
  /** The n-th sample of this row and of the first one were taken in the same moments, with the same question. */
  paired?: boolean
  failure?: string
}

const columns = ['ack', 'firstText', 'complete'] as const
/** Differences below this are not worth a word, in milliseconds. */
const SMALL_MS = 20
/** The share of pairs that must agree which of two modes is faster; else it is the machine's noise. */
const AGREED = 0.75

/** The measurements as a table, in milliseconds. */
export function table(rows: Row[]): string {
  const cells = (texts: string[]) => texts.map((text) => text.padStart(9)).join('')
  const head = [
    `${''.padEnd(22)}${['ack', 'first text', 'complete'].map((name) => name.padStart(18)).join('')}`,
    `${'milliseconds'.padEnd(22)}${cells(['p50', 'p95', 'p50', 'p95', 'p50', 'p95'])}`,
  ]
  const lines = rows.map(({ mode, samples, failure }) => {
    if (samples.length === 0) return `${mode.padEnd(22)}  not possible: ${failure}`
    const figures = columns.flatMap((column) => [0.5, 0.95].map((share) => shown(at(samples, column, share))))
    return `${mode.padEnd(22)}${cells(figures)}   ${samples.length} messages`
  })
  return [...head, ...lines].join('\n')
}

/** What the figures say, in one sentence. The first row is the mode that the chat prefers. */
export function verdict([preferred, ...others]: Row[]): string {
  const measured = others.filter(({ samples }) => samples.length > 0)
  const best = measured.toSorted((a, b) => median(a) - median(b))[0]
  if (!preferred || preferred.samples.length === 0) {
    if (!best) return 'Nothing could be measured: "npm run check:ws" says what is wrong.'
    return `${preferred?.mode} is not possible here, so the chat falls back: ${best.mode} has the whole answer after ${span(median(best))}; "npm run check:ws" says what stands in the way.`
  }
  const compared = measured.map((row) => `${row.mode} ${difference(lead(preferred, row))}`).join(', ')
  const first = `${preferred.mode} has the first words after ${span(at(preferred.samples, 'firstText', 0.5))} and the whole answer after ${span(median(preferred))}`
  const better = measured.find((row) => lead(preferred, row) < 0)
  const advice = better ? `${better.mode} is the better way here` : 'it is the way to use, as the chat does by itself'
  return `${first}${compared === '' ? '' : `; for the whole answer ${compared}`}: ${advice}.`
}

/** How much sooner the one mode has the whole answer than the other, in milliseconds; 0 when that is not certain. */
function lead(one: Row, other: Row): number {
  const pairs = other.paired ? one.samples.flatMap(({ complete }, n) => pairOf(complete, other.samples[n])) : []
  const ms = pairs.length > 0 ? percentile(pairs, 0.5) : median(other) - median(one)
  const agreed = pairs.filter((pair) => Math.sign(pair) === Math.sign(ms)).length >= pairs.length * AGREED
  return Math.abs(ms) > SMALL_MS && agreed ? ms : 0
}

function pairOf(complete: number, other: Sample | undefined): number[] {
  return other ? [other.complete - complete] : []
}

function at(samples: Sample[], column: (typeof columns)[number], share: number): number {
  return percentile(
    samples.map((sample) => sample[column]),
    share,
  )
}

function median({ samples }: Row): number {
  return at(samples, 'complete', 0.5)
}

function shown(ms: number): string {
  return ms.toFixed(ms < 10 ? 1 : 0)
}

function span(ms: number): string {
  return ms < 1000 ? `${shown(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

function difference(ms: number): string {
  if (ms === 0) return 'takes the same time'
  return ms > 0 ? `takes ${span(ms)} longer` : `is ${span(-ms)} faster`
}
