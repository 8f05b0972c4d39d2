import { expect, test } from 'vitest'
import { createClassifier } from './classifier.ts'

const example = (label: string, ...features: string[]) => ({ label, features, weight: 1 })

test('what sets a class apart speaks for it, what all have does not', () => {
  const probabilities = createClassifier([
    example('returns', 'how', 'return'),
    example('hours', 'how', 'open'),
    example('hours', 'when', 'open'),
  ])
  expect(probabilities(['how', 'return']).get('returns')).toBeGreaterThan(0.8)
  expect(probabilities(['when', 'open']).get('hours')).toBeGreaterThan(0.8)
})

test('the probabilities of all classes add up to one, for known and unknown features', () => {
  const probabilities = createClassifier([example('a', 'x'), example('b', 'y'), example('c', 'z')])
  for (const features of [['x'], ['x', 'y'], ['never seen'], []]) {
    const sum = [...probabilities(features).values()].reduce((all, one) => all + one, 0)
    expect(sum).toBeCloseTo(1)
  }
})

test('balanced, a class with one example is found beside classes with many', () => {
  const many = ['large', 'other', 'third'].flatMap((label) =>
    Array.from({ length: 40 }, (_, at) => example(label, 'shared', `${label} ${at}`, `${label} ${at + 1}`)),
  )
  const examples = [...many, example('small', 'shared', 'rare')]
  const plain = createClassifier(examples)(['shared', 'rare']).get('small') ?? 0
  const balanced = createClassifier(examples, { balanced: true })(['shared', 'rare']).get('small') ?? 0
  expect(balanced).toBeGreaterThan(plain)
  expect(balanced).toBeGreaterThan(0.5)
})

test('without examples there is nothing to be likely', () => {
  expect(createClassifier<string>([])(['anything']).size).toBe(0)
})
