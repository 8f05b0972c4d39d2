import { expect, it } from 'vitest'
import { fileSize } from './file-size.ts'

it.each([
  [1, '1 KB'],
  [1024 * 59.4, '59 KB'],
  [1024 * 999, '999 KB'],
  [1024 * 1024, '1 MB'],
  [1024 * 1024 * 2.14, '2.1 MB'],
  [1024 * 1024 * 10, '10 MB'],
])('%d bytes are %s', (bytes, said) => {
  expect(fileSize(bytes, 'en')).toBe(said)
})
