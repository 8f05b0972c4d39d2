/** Money is whole cents inside the shop, and a decimal text like "166.85" outside of it. */

/** A decimal text without a sign and with at most two digits after the point. */
export const decimal = /^\d{1,7}(\.\d{1,2})?$/

/** The cents of a decimal text; it must be one. */
export function toCents(text: string): number {
  const [whole = '', fraction = ''] = text.split('.')
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
}

/** "166.85": always with two digits after the point. */
export function toDecimal(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}
