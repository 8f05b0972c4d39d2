import { isCommand, parseCommandLine } from '#lib/protocol/command-line.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import type { SessionRecord } from './ports.ts'

/** Who answers a visitor's message. */
export type Route = 'command' | 'assistant' | 'operator'

/**
 * Decides from the text and the state of the session alone. An operator who holds the session hears
 * everything but commands. Throws `unknown_command`, so that a typing error never becomes a question.
 */
export function route(text: string, session: Pick<SessionRecord, 'status'>, isKnown: (command: string) => boolean): Route {
  if (isCommand(text)) {
    const { name } = parseCommandLine(text)
    if (!isKnown(name)) throw new DeskError('unknown_command', `There is no command /${name.slice(0, 40)}. Try /help.`)
    return 'command'
  }
  return session.status === 'human' ? 'operator' : 'assistant'
}
