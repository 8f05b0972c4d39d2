import type { LanguageModelV4Usage } from '@ai-sdk/provider'
import type { AnswerUsage } from '#lib/protocol/events.ts'
import type { Log } from '#lib/session/ports.ts'
import type { Budget } from './budget.ts'
import type { Heard } from './listen.ts'
import { costOf } from './prices.ts'

/** What the models were asked and what it took: one line in the log an answer, the usage that is stored with it, and totals. No text, no key, no name. */

export type Account = ReturnType<ReturnType<typeof createLedger>['open']>

/** What one answer took, over all requests that were made for it. */
export interface AnswerUse {
  requests: number
  input_tokens: number
  output_tokens: number
  /** US dollars at list price; absent when the price of one of the models is not known. */
  cost_usd?: number
}

/** How an answer ended, as far as the books care. */
interface Ended {
  assistant: string
  isComplete: boolean
  isStandIn: boolean
}

/** A totals' row: what a model did since the start. */
export interface ModelTotals extends AnswerUse {
  model: string
  answers: number
  failures: number
}

/** Characters of a token, where a provider does not count: close for English, too few for most other scripts. */
const CHARACTERS_PER_TOKEN = 4
/** Above it a count is not believed: a false one must not use up the budget of the day. */
const MAX_TOKENS_OF_A_REQUEST = 2_000_000

export function createLedger(models: string[], budget: Budget, log: Log) {
  const nothing = { requests: 0, answers: 0, failures: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 }
  const totals = new Map<string, ModelTotals>(models.map((model) => [model, { model, ...nothing }]))

  /** Opens the account of one answer. */
  function open(now: () => number) {
    const openedAt = now()
    const use: AnswerUse = { requests: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 }
    let firstTokenMs: number | undefined
    const times = (isStandIn = false) => ({
      ...(isStandIn || firstTokenMs === undefined ? {} : { first_token_ms: firstTokenMs }),
      ms: now() - openedAt,
    })

    return {
      /** Enters a request that is over. A visitor who went away is no failure, and no answer. */
      request(model: string, heard: Heard, promptCharacters: number, failure: unknown): void {
        const tokens = tokensOf(heard, promptCharacters)
        const cost = costOf(model, tokens)
        const row = totals.get(model)
        if (row) {
          row.failures += failure === undefined ? 0 : 1
          add(row, tokens, cost)
        }
        add(use, tokens, cost)
        firstTokenMs = heard.firstTokenMs
        budget.spend(tokens.input + tokens.output)
      },
      /** What it took so far, for the record of the answer; undefined when nobody was asked. */
      usage({ assistant, isStandIn }: Ended): AnswerUsage | undefined {
        if (use.requests === 0) return undefined
        return { model: assistant, ...times(isStandIn), ...use }
      },
      /** Closes it with a line in the log. `answerTo` is the id of the visitor's message; `spoken` is missing when it was stopped. */
      close(answerTo: string | undefined, spoken: Ended | undefined): void {
        const row = totals.get(spoken?.assistant ?? '')
        if (row && spoken?.isComplete) row.answers += 1
        const outcome = spoken === undefined ? 'stopped' : spoken.isComplete ? 'complete' : 'cut'
        log.info({ answer_to: answerTo, model: spoken?.assistant, outcome, ...times(spoken?.isStandIn), ...use }, 'an answer')
      },
    }
  }

  return { open, totals: () => [...totals.values()] }
}

/** What several requests for one answer took together; undefined when there were none. The last one is the answer's own. */
export function sumOf(all: Array<AnswerUsage | undefined>): AnswerUsage | undefined {
  const used = all.filter((usage) => usage !== undefined)
  const last = used.at(-1)
  if (!last || used.length === 1) return last
  const total = (of: (usage: AnswerUsage) => number) => used.reduce((sum, usage) => sum + of(usage), 0)
  const { cost_usd: _, ...rest } = last
  return {
    ...rest,
    requests: total(({ requests }) => requests),
    input_tokens: total(({ input_tokens }) => input_tokens),
    output_tokens: total(({ output_tokens }) => output_tokens),
    ...(used.every(({ cost_usd }) => cost_usd !== undefined) ? { cost_usd: cents(total(({ cost_usd = 0 }) => cost_usd)) } : {}),
    ms: total(({ ms }) => ms),
  }
}

/** A cost that is not known for one request is not known for the sum. Sums are kept to the millionth of a cent, without what floating point adds. */
function add(use: AnswerUse, { input, output }: { input: number; output: number }, cost: number | undefined): void {
  use.requests += 1
  use.input_tokens += input
  use.output_tokens += output
  if (cost === undefined) delete use.cost_usd
  else if (use.cost_usd !== undefined) use.cost_usd = cents(use.cost_usd + cost)
}

function cents(sum: number): number {
  return Math.round(sum * 1e8) / 1e8
}

/** As the provider counts them; estimated where it did not get to it. A request that brought no text is not charged. */
function tokensOf({ usage, characters }: Heard, promptCharacters: number): { input: number; output: number } {
  const estimate = (length: number) => Math.ceil(length / CHARACTERS_PER_TOKEN)
  return {
    input: counted(usage?.inputTokens) ?? (characters > 0 ? estimate(promptCharacters) : 0),
    output: counted(usage?.outputTokens) ?? estimate(characters),
  }
}

function counted(tokens: LanguageModelV4Usage['inputTokens'] | LanguageModelV4Usage['outputTokens'] | undefined): number | undefined {
  const { total } = tokens ?? {}
  return total !== undefined && Number.isInteger(total) && total >= 0 && total <= MAX_TOKENS_OF_A_REQUEST ? total : undefined
}
