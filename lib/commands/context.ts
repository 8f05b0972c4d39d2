import { type Command, failed } from './command.ts'

/** Characters of a context, at most: it goes with every question. */
const LENGTH = 2000

/**
 * `/setcontext`, `/getcontext` and `/clearcontext`: what a visitor wants kept in mind. It stays with the session, through
 * `/clear` and restarts, and reaches a model as the visitor's own words, below everything that the desk says itself.
 * `hasModel` tells whether this desk has a model that can heed it.
 */
export function createContextCommands(hasModel: boolean): Command[] {
  const setcontext: Command = {
    name: 'setcontext',
    usage: '/setcontext text="…"',
    summary: 'Set what is kept in mind with every question',
    run(_, { args, rest }) {
      const context = (args.text ?? rest).trim()
      if (context === '') return failed(`text is missing. Type ${setcontext.usage}`)
      if (context.length > LENGTH) return failed(`text is too long: ${context.length} characters, at most ${LENGTH}.`)
      const used = hasModel ? '' : ' This desk runs without a language model and answers from its articles alone: nothing changes yet.'
      const message = `Your context is set and goes with every question until you clear it.${used}`
      return { result: { status: 'success', message, context }, effect: { context } }
    },
  }
  const getcontext: Command = {
    name: 'getcontext',
    usage: '/getcontext',
    summary: 'Show the current context',
    run: ({ session: { context } }) => ({
      result: { status: 'success', message: context ?? 'No context is set.', context: context ?? null },
    }),
  }
  const clearcontext: Command = {
    name: 'clearcontext',
    usage: '/clearcontext',
    summary: 'Clear the current context',
    run: ({ session: { context } }) => ({
      result: { status: 'success', message: context === undefined ? 'No context was set.' : 'The context was cleared.' },
      effect: { context: undefined },
    }),
  }
  return [setcontext, getcontext, clearcontext]
}
