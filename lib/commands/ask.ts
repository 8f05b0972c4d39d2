/**
 * Asks a language model once, outside of any conversation. Resolves with what it said, or undefined when it said nothing
 * in time; a command then does without. What a visitor wrote goes into `text` and is data, never instruction.
 */
export type Ask = (request: { instructions: string; text: string; signal: AbortSignal }) => Promise<string | undefined>
