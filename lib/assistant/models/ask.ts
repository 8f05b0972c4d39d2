import type { ModelChain } from './chain.ts'

interface Question {
  instructions: string
  text: string
  signal: AbortSignal
}

/** Asks the models once, for a command: the first that answers in whole. Undefined when none does; the offline assistant has no say in it. */
export function createAsk(chain: ModelChain) {
  return async ({ instructions, text, signal }: Question): Promise<string | undefined> => {
    let said = ''
    const request = {
      instructions,
      messages: [{ role: 'user' as const, content: text }],
      offline: { sentences: [] },
      isReleased: () => false,
    }
    for await (const part of chain.speak(request, signal)) {
      if (part.type === 'text') said += part.text
      else if (part.type === 'restart') said = ''
      else if (part.type === 'end') return part.isStandIn ? undefined : said.trim()
    }
    return undefined
  }
}
