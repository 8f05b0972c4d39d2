import { expect, test } from 'vitest'
import { createBelonging } from './belonging.ts'

const sample = (...features: string[]) => ({ features, weight: 1 })
const elsewhere = Array.from({ length: 300 }, (_, at) => sample(`far ${at}`, 'weather', 'the'))

test('a few texts beside a large background are no disadvantage', () => {
  const belongs = createBelonging([sample('pool', 'the'), sample('sauna', 'the')], elsewhere)
  expect(belongs(['pool'])).toBeGreaterThan(1)
  expect(belongs(['weather'])).toBeLessThan(-1)
  expect(belongs(['the'])).toBeLessThan(belongs(['pool']))
})

test('without a background, or of unknown words, nothing is told', () => {
  expect(createBelonging([sample('pool')], [])(['pool'])).toBe(0)
  expect(createBelonging([sample('pool')], elsewhere)(['never seen'])).toBe(0)
})
