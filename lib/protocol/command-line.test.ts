import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCommand, parseCommandLine } from './command-line.ts'

describe('a command', () => {
  test.each(['/help', '  /help', '/H', '/login email="a@b.c"'])('is %j', (text) => expect(isCommand(text)).toBe(true))
  test.each(['help', '/', '/ help', '//help', '/1', 'see /help', ''])('is not %j', (text) => expect(isCommand(text)).toBe(false))
})

describe('a command line', () => {
  test.each([
    ['/help', 'help', {}, ''],
    ['  /HELP \n', 'help', {}, ''],
    ['/say good   morning', 'say', {}, 'good morning'],
    ['/login email="ann@shop.example" pin=\'12 34\'', 'login', { email: 'ann@shop.example', pin: '12 34' }, ''],
    ['/find Color=red laptop', 'find', { color: 'red' }, 'laptop'],
    ['/say text="a \\"b\\" \\\\ c\\nd\\te\\z"', 'say', { text: 'a "b" \\ c\nd\tez' }, ''],
    ["/say a='it\\'s'", 'say', { a: "it's" }, ''],
    ['/say a="" b=', 'say', { a: '' }, 'b='],
    ['/say a=1 a=2', 'say', { a: '2' }, ''],
    ['/say a="line one\nline two"', 'say', { a: 'line one\nline two' }, ''],
    ['/open https://shop.example/?page=2', 'open', {}, 'https://shop.example/?page=2'],
    ['/say a="never closed', 'say', { a: '"never' }, 'closed'],
    ['/say =x 1=2', 'say', {}, '=x 1=2'],
  ])('%j', (text, name, args, rest) => {
    expect(parseCommandLine(text)).toEqual({ name, args, rest })
  })

  test('has no arguments that were not typed', () => {
    const { args } = parseCommandLine('/x __proto__=1')
    expect(Object.keys(args)).toEqual(['__proto__'])
    expect('toString' in args).toBe(false)
  })

  test('gives back every value that was quoted for it', () => {
    const quoted = (value: string) => `"${value.replace(/[\\"]/g, '\\$&')}"`
    const value = fc.string({ unit: fc.constantFrom('"', "'", '\\', '=', ' ', '\n', 'n', 'a=', '/', '😀') })
    fc.assert(
      fc.property(value, value, (first, second) => {
        const { args, rest } = parseCommandLine(`/x first=${quoted(first)} second=${quoted(second)}`)
        expect({ ...args, rest }).toEqual({ first, second, rest: '' })
      }),
    )
  })
})
