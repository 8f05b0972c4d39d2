import type { Command } from './command.ts'

/** `/help`: the commands there are. It is given the others and lists itself among them. */
export function createHelp(others: Command[]): Command {
  const help: Command = {
    name: 'help',
    usage: '/help',
    summary: 'Show the available commands',
    run() {
      const commands = [help, ...others].map(({ name, usage, summary }) => ({ name, usage, summary }))
      const lines = commands.map(({ usage, summary }) => `${usage} - ${summary}`)
      return {
        result: { status: 'success', message: ['Available commands:', ...lines, 'ping - Test the connection'].join('\n'), commands },
      }
    },
  }
  return help
}
