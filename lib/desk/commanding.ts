import type { createAsk } from '../assistant/models/ask.ts'
import { createAnalyze } from '../commands/analyze.ts'
import { clear } from '../commands/clear.ts'
import { createCommands } from '../commands/command.ts'
import { createContextCommands } from '../commands/context.ts'
import { createHelp } from '../commands/help.ts'
import { history } from '../commands/history.ts'
import { createSummarize } from '../commands/summarize.ts'
import { createTranslate } from '../commands/translate.ts'
import { whoami } from '../commands/whoami.ts'
import type { Config } from '../config.ts'

/** The slash commands of a desk. Without a model (`ask`), what would ask one does what it can without, and says so. */
export function commandsOf({ CONTEXT_COMMANDS }: Config, ask: ReturnType<typeof createAsk> | undefined) {
  const context = CONTEXT_COMMANDS === 'all' ? createContextCommands(ask !== undefined) : []
  const others = [history, clear, whoami, createSummarize(ask), createAnalyze(ask), createTranslate(ask), ...context]
  return createCommands([createHelp(others), ...others])
}
