import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Tool } from './tools/tool.ts'

/**
 * Trouble on demand, for tests of whoever calls the shop (`SHOP_FAULTS`): names and numbers, separated by commas.
 * `latency` is milliseconds before each call; the others are how likely (0 to 1) a call is
 * `error`: refused before anything is done; `half`: done, and then answered with an error; `cut`: done, and then the
 * connection breaks without an answer. The last two befall only calls that do more than read.
 */
export interface Faults {
  latency: number
  error: number
  half: number
  cut: number
}

const none: Faults = { latency: 0, error: 0, half: 0, cut: 0 }
const names = Object.keys(none)

/** Reads `latency=500,error=0.1`. */
export const faults = z.string().transform((text, context): Faults => {
  const wanted = { ...none }
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue
    const [name = '', value = ''] = part.split('=')
    const number = Number(value)
    const most = name === 'latency' ? 60_000 : 1
    if (names.includes(name) && value !== '' && number >= 0 && number <= most) wanted[name as keyof Faults] = number
    else context.addIssue({ code: 'custom', message: `"${part}" is none of latency=0…60000, error=0…1, half=0…1, cut=0…1` })
  }
  return wanted
})

/** An error as a shop in trouble gives it. */
export class ShopFault extends Error {
  override readonly name = 'ShopFault'
}

/** The tools with their trouble; without any, the same tools. `random` gives 0 to 1. */
export function withFaults(tools: Tool[], faults: Faults | undefined, random: () => number): Tool[] {
  if (!faults) return tools
  const { latency, error, half, cut } = faults
  const run =
    ({ run, readOnly }: Tool): Tool['run'] =>
    async (means, input, call) => {
      if (latency > 0) await sleep(latency)
      if (random() < error) throw new ShopFault('The shop is out of order')
      const told = await run(means, input, call)
      if (readOnly) return told
      if (random() < half) throw new ShopFault('The shop failed after it had begun')
      if (random() < cut) call.cut()
      return told
    }
  return tools.map((tool) => ({ ...tool, run: run(tool) }))
}
