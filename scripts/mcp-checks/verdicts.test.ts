import { expect, test } from 'vitest'
import { verdictsOf } from './verdicts.ts'

const good = { passed: 1, failures: [] }
const bad = { passed: 1, failures: ['no answer'] }
const empty = { passed: 0, failures: [] }
const nothing = new Map()

const outcome = (run: Parameters<typeof verdictsOf>[0][string], desk: object | undefined, fixture?: object) => {
  const found = (finding: object | undefined) => new Map(finding ? [['one', finding as typeof good]] : [])
  return verdictsOf({ one: run }, { desk: found(desk), fixture: found(fixture) }).map(({ outcome, detail }) => [outcome, detail])
}

test('a scenario passes by what it found where it should run', () => {
  expect(outcome('desk', good, bad)).toEqual([['passed', '1 check']])
  expect(outcome('fixture', bad, good)).toEqual([['passed', "1 check, with the suite's own tools behind the desk's server"]])
})

test('it fails when a check failed, nothing was checked, or it was not run', () => {
  expect(outcome('desk', bad)).toEqual([['failed', 'no answer']])
  expect(outcome('desk', empty)).toEqual([['failed', 'nothing was checked']])
  expect(outcome('desk', undefined)).toEqual([['failed', 'the suite did not run it']])
})

test('what does not apply must not pass', () => {
  expect(outcome({ notApplicable: 'no sessions' }, bad, empty)).toEqual([['not applicable', 'no sessions']])
  expect(outcome({ notApplicable: 'no sessions' }, bad, good)).toEqual([['failed', expect.stringContaining('it passes')]])
})

test('what the list does not know is a failure', () => {
  expect(verdictsOf({}, { desk: new Map([['new-one', good]]), fixture: nothing })).toEqual([
    { scenario: 'new-one', outcome: 'failed', detail: 'new in the suite, not in the list' },
  ])
})
