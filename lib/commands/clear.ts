import type { Command } from './command.ts'

/** `/clear`: the conversation begins anew. */
export const clear: Command = {
  name: 'clear',
  usage: '/clear',
  summary: 'Clear the conversation',
  run: () => ({ result: { status: 'success', message: 'The conversation was cleared.' }, effect: 'reset' }),
}
