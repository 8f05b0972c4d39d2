/** What a model takes for a million tokens, in US dollars. */
interface Price {
  input: number
  output: number
}

/**
 * List prices, read on 2026-11-25: developers.openai.com/api/docs/pricing, ai.google.dev/gemini-api/docs/pricing,
 * platform.claude.com/docs/en/about-claude/pricing. What is not here has no cost in the figures.
 */
const prices: Record<string, Price> = {
  'openai/gpt-4o-mini': { input: 0.15, output: 0.6 },
  'openai/gpt-6-luna': { input: 0.1, output: 0.5 },
  'google/gemini-3.5-flash-lite': { input: 0.3, output: 2.5 },
  'anthropic/claude-haiku-4-5': { input: 1, output: 5 },
}

/** What so many tokens of a model cost at list price, in US dollars; undefined where the price is not known. */
export function costOf(model: string, tokens: { input: number; output: number }): number | undefined {
  const price = prices[model]
  return price && (tokens.input * price.input + tokens.output * price.output) / 1e6
}
