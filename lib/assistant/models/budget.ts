/** Tokens of a day (UTC), and whether they may be more. */
export interface Budget {
  isSpent(): boolean
  spend(tokens: number): void
  today(): number
}

export interface BudgetDeps {
  /** The limit, in tokens of questions and answers together; undefined for none. */
  perDay: number | undefined
  /** Milliseconds since the epoch. */
  now: () => number
  /** What was spent before, and what keeps what is spent from now on. */
  tally?: { start: { day: string; count: number } | undefined; keep: (now: { day: string; count: number }) => void } | undefined
}

export function createBudget({ perDay, now, tally }: BudgetDeps): Budget {
  let { day, count } = tally?.start ?? { day: '', count: 0 }
  const today = () => {
    const current = new Date(now()).toISOString().slice(0, 10)
    if (current !== day) [day, count] = [current, 0]
    return count
  }
  return {
    today,
    isSpent: () => perDay !== undefined && today() >= perDay,
    spend(tokens) {
      count = today() + tokens
      tally?.keep({ day, count })
    },
  }
}
