/** Tokens of a day (UTC), and whether they may be more. */
export interface Budget {
  isSpent(): boolean
  spend(tokens: number): void
  today(): number
}

/** `perDay` is the limit, in tokens of questions and answers together; undefined for none. */
export function createBudget(perDay: number | undefined, now: () => number): Budget {
  let day = ''
  let spent = 0
  const today = () => {
    const current = new Date(now()).toISOString().slice(0, 10)
    if (current !== day) {
      day = current
      spent = 0
    }
    return spent
  }
  return {
    today,
    isSpent: () => perDay !== undefined && today() >= perDay,
    spend(tokens) {
      spent = today() + tokens
    },
  }
}
