import { expect, test } from 'vitest'
import type { Example } from './classifier.ts'
import { softmaxInSteps } from './softmax.ts'
import { atOnce } from './steps.ts'

const example = (label: string, text: string): Example<string> => ({ label, features: text.split(' '), weight: 1 })
const examples = [
  example('returns', 'send laptop back'),
  example('returns', 'return laptop today'),
  example('returns', 'send screen back today'),
  example('repair', 'laptop broken'),
  example('repair', 'screen broken today'),
  example('repair', 'fix laptop screen'),
]

test('a text is of the class whose examples speak like it, whatever else it holds', () => {
  const probabilities = atOnce(softmaxInSteps(examples))
  expect(probabilities?.(['send', 'laptop', 'back', 'never seen']).get('returns')).toBeGreaterThan(0.7)
  expect(probabilities?.(['my', 'laptop', 'broken']).get('repair')).toBeGreaterThan(0.7)
})

test('the probabilities add up to one, for known and unknown features', () => {
  const probabilities = atOnce(softmaxInSteps(examples))
  for (const features of [['laptop'], ['send', 'broken'], ['never seen'], []]) {
    const sum = [...(probabilities?.(features).values() ?? [])].reduce((all, one) => all + one, 0)
    expect(sum).toBeCloseTo(1)
  }
})

test('it learns the same every time', () => {
  expect(atOnce(softmaxInSteps(examples))?.(['laptop'])).toEqual(atOnce(softmaxInSteps(examples))?.(['laptop']))
})

test('with one class there is nothing to tell apart', () => {
  expect(atOnce(softmaxInSteps([]))).toBeUndefined()
  expect(atOnce(softmaxInSteps([example('a', 'x y'), example('a', 'x z')]))).toBeUndefined()
})

test('what would take too long to learn while a desk opens is not learned', () => {
  const words = Array.from({ length: 50 }, (_, at) => `word ${at}`)
  const many = Array.from({ length: 2500 }, (_, at) => ({ label: at, features: words, weight: 1 }))
  const from = performance.now()
  expect(atOnce(softmaxInSteps(many))).toBeUndefined()
  expect(performance.now() - from).toBeLessThan(2000)
})
