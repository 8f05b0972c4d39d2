/** One thing that was judged: its signals, whether it was right, and how much it counts. */
export interface Row {
  values: number[]
  target: 0 | 1
  weight: number
}

export interface Fitted {
  weights: number[]
  bias: number
}

/** What keeps coefficients small: there are more of them than few questions could tell for certain. */
const RIDGE = 0.003
const STEPS = 3000
const STEP = 1

/** Logistic regression by gradient descent. */
export function fit(rows: Row[], size: number, ridge = RIDGE): Fitted {
  const fitted: Fitted = { weights: new Array<number>(size).fill(0), bias: 0 }
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = fitted.weights.map((weight) => ridge * weight)
    let biasGradient = 0
    for (const row of rows) {
      const error = (1 / (1 + Math.exp(-sumOf(row.values, fitted))) - row.target) * row.weight
      for (const [at, value] of row.values.entries()) gradient[at] = (gradient[at] as number) + error * value
      biasGradient += error
    }
    for (const [at, slope] of gradient.entries()) fitted.weights[at] = (fitted.weights[at] as number) - STEP * slope
    fitted.bias -= STEP * biasGradient
  }
  return fitted
}

/** The ridge that keeps coefficients apart from chance also makes them too modest: what their sum is worth is fitted without it. */
export function rescaled(fitted: Fitted, rows: Row[]): Fitted {
  const sums = rows.map((row) => ({ ...row, values: [sumOf(row.values, fitted)] }))
  const {
    weights: [slope = 1],
    bias,
  } = fit(sums, 1, 0)
  return { weights: fitted.weights.map((weight) => weight * slope), bias: fitted.bias * slope + bias }
}

function sumOf(values: number[], { weights, bias }: Fitted): number {
  let sum = bias
  for (let at = 0; at < values.length; at += 1) sum += (values[at] as number) * (weights[at] as number)
  return sum
}
