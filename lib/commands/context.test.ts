import { describe, expect, test } from 'vitest'
import { createCommands } from './command.ts'
import { createContextCommands } from './context.ts'
import { context } from './fixtures.ts'

const { runCommand } = createCommands(createContextCommands(true))
const run = (line: string, kept?: string) => runCommand(context(line, [], { context: kept }), new AbortController().signal)

describe('the context of a session', () => {
  test('is set as it was typed', async () => {
    const { result, effect } = await run('/setcontext text="I run a school.\\nWe buy \\"refurbished\\" laptops."')
    expect(effect).toEqual({ context: 'I run a school.\nWe buy "refurbished" laptops.' })
    expect(result).toMatchObject({ status: 'success', context: 'I run a school.\nWe buy "refurbished" laptops.' })
  })

  test.each([
    ['/setcontext', 'text is missing. Type /setcontext text="…"'],
    [`/setcontext text="${'a'.repeat(2001)}"`, 'text is too long: 2001 characters, at most 2000.'],
  ])('is left alone by a line that is wrong', async (line, message) => {
    expect(await run(line, 'kept')).toEqual({ command: 'setcontext', result: { status: 'error', message } })
  })

  test('is shown', async () => {
    expect((await run('/getcontext', 'I run a school.')).result).toEqual({
      status: 'success',
      message: 'I run a school.',
      context: 'I run a school.',
    })
    expect((await run('/getcontext')).result).toEqual({ status: 'success', message: 'No context is set.', context: null })
  })

  test('is cleared', async () => {
    expect(await run('/clearcontext', 'kept')).toMatchObject({
      result: { message: 'The context was cleared.' },
      effect: { context: undefined },
    })
    expect((await run('/clearcontext')).result).toMatchObject({ message: 'No context was set.' })
  })

  test('is not said to be used where no model can use it', async () => {
    const offline = createCommands(createContextCommands(false))
    const { result } = await offline.runCommand(context('/setcontext text="x"'), new AbortController().signal)
    expect(result.message).toContain('nothing changes yet')
  })
})
