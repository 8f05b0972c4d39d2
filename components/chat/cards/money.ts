/** Writes an amount of a card, `166.85`, as its visitor is used to read money. */
export type Money = (amount: string, currency: string) => string

/** What is no currency known to the browser is written beside the amount: a shop may name its own. */
export function createMoney(locale: string): Money {
  const formats = new Map<string, Intl.NumberFormat | undefined>()

  function formatOf(currency: string): Intl.NumberFormat | undefined {
    if (!formats.has(currency)) formats.set(currency, moneyFormat(locale, currency))
    return formats.get(currency)
  }

  return (amount, currency) => formatOf(currency)?.format(Number(amount)) ?? `${amount} ${currency}`.trim()
}

function moneyFormat(locale: string, currency: string): Intl.NumberFormat | undefined {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency })
  } catch {
    return undefined
  }
}

/** The price of several, exact to the cent. */
export function times(price: string, quantity: number): string {
  const cents = String(Math.round(Number(price) * 100) * quantity).padStart(3, '0')
  return `${cents.slice(0, -2)}.${cents.slice(-2)}`
}
