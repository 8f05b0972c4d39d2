import { expect, it } from 'vitest'
import { createMoney, times } from './money.ts'

it('writes amounts as the visitor reads them', () => {
  expect(createMoney('en-US')('166.85', 'USD')).toBe('$166.85')
  expect(createMoney('en-GB')('1234.50', 'EUR')).toBe('€1,234.50')
  expect(createMoney('en-US')('12.00', 'JPY')).toBe('¥12')
})

it('writes a currency that it does not know beside the amount', () => {
  expect(createMoney('en')('5.00', 'points')).toBe('5.00 points')
  expect(createMoney('en')('5.00', '')).toBe('5.00')
})

it('multiplies without a cent too many', () => {
  expect(times('166.85', 3)).toBe('500.55')
  expect(times('0.07', 3)).toBe('0.21')
  expect(times('1.10', 3)).toBe('3.30')
  expect(times('999999999.99', 9)).toBe('8999999999.91')
})
