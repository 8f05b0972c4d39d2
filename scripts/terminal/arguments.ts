import { parseArgs } from 'node:util'

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

/** Reads a tool's flags. A wrong flag ends the program with 2, after a sentence and the usage; `--help` with 0. */
export function readFlags<O extends Options>(options: O, usage: string) {
  if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs({ options }).values
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error), usage)
  }
}

/** Ends the program: the caller asked for what there is not. */
export function refuse(reason: string, usage: string): never {
  console.error(`${reason}\n\n${usage}`)
  process.exit(2)
}

/** The origin of a desk, from what people type: `localhost:8000`, `ws://…`, with or without a path. Undefined if it is no address. */
export function deskOrigin(given: string): string | undefined {
  const withScheme = /^[a-z]+:\/\//i.test(given) ? given : `http://${given}`
  const parsed = URL.parse(withScheme.replace(/^ws/i, 'http'))
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.origin : undefined
}
