import type { Finding } from './conformance.ts'
import type { Run } from './scenarios.ts'

export interface Verdict {
  scenario: string
  outcome: 'passed' | 'failed' | 'not applicable'
  detail: string
}

interface Found {
  desk: Map<string, Finding>
  fixture: Map<string, Finding>
}

/**
 * Holds what the suite found against the list of what should run. A scenario that the list does not know is a failure, and
 * so is one that was not run, or that passes though the list says that it does not apply.
 */
export function verdictsOf(scenarios: Record<string, Run>, found: Found): Verdict[] {
  const known = Object.entries(scenarios).map(([scenario, run]) => ({ scenario, ...verdictOf(scenario, run, found) }))
  const unknown = [...found.desk.keys()].filter((scenario) => !(scenario in scenarios))
  return [...known, ...unknown.map((scenario): Verdict => ({ scenario, outcome: 'failed', detail: 'new in the suite, not in the list' }))]
}

function verdictOf(scenario: string, run: Run, found: Found): Omit<Verdict, 'scenario'> {
  if (typeof run === 'object') {
    const passes = [found.desk, found.fixture].some((target) => isGood(target.get(scenario)))
    if (passes) return { outcome: 'failed', detail: 'the list says that it does not apply, but it passes' }
    return { outcome: 'not applicable', detail: run.notApplicable }
  }
  const finding = found[run].get(scenario)
  if (!finding) return { outcome: 'failed', detail: 'the suite did not run it' }
  if (!isGood(finding)) return { outcome: 'failed', detail: finding.failures.join('; ') || 'nothing was checked' }
  const checks = `${finding.passed} ${finding.passed === 1 ? 'check' : 'checks'}`
  return { outcome: 'passed', detail: run === 'desk' ? checks : `${checks}, with the suite's own tools behind the desk's server` }
}

/** Something was checked, and nothing failed. */
function isGood(finding: Finding | undefined): boolean {
  return finding !== undefined && finding.passed > 0 && finding.failures.length === 0
}
