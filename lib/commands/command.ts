import type { CommandLine } from '#lib/protocol/command-line.ts'
import { parseCommandLine } from '#lib/protocol/command-line.ts'
import type { CommandOutcome, CommandRunner, TurnContext } from '#lib/session/ports.ts'

/** One slash command. */
export interface Command {
  name: string
  /** How it is typed. */
  usage: string
  /** What it does, in half a line. */
  summary: string
  run(context: TurnContext, line: CommandLine, signal: AbortSignal): CommandOutcome | Promise<CommandOutcome>
}

/** What a command answers when it could not be carried out; the message says why. */
export function failed(message: string): CommandOutcome {
  return { result: { status: 'error', message } }
}

/** The commands of a desk: whether a name is one, and the runner that the hall calls. */
export function createCommands(commands: Command[]): { isCommand: (name: string) => boolean; runCommand: CommandRunner } {
  const byName = new Map(commands.map((command) => [command.name, command]))
  return {
    isCommand: (name) => byName.has(name),
    async runCommand(context, signal) {
      const line = parseCommandLine(context.questions.at(-1)?.content ?? '')
      const command = byName.get(line.name)
      if (!command) {
        // Known when it was sent, gone when it is run: the server changed in between.
        return { command: line.name, result: { status: 'error', message: `/${line.name} is no longer available.` } }
      }
      return { command: command.name, ...(await command.run(context, line, signal)) }
    },
  }
}
