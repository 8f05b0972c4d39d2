import { expect, it } from 'vitest'
import { confidenceWords } from './confidence.ts'

it.each([
  [1, 'very sure, over 99 %'],
  [0.996, 'very sure, over 99 %'],
  [0.99, 'very sure, 99 %'],
  [0.7, 'quite sure, 70 %'],
  [0.5, 'not quite sure, 50 %'],
  [0.01, 'unsure, 1 %'],
  [0.004, 'unsure, under 1 %'],
  [0, 'unsure, under 1 %'],
])('says %d in words, with a figure that is never 0 or 100', (confidence, words) => {
  expect(confidenceWords(confidence)).toBe(words)
})
