import { type Check, checks, type Gate, type Target } from './socket-checks/checks.ts'
import { deskOrigin, readFlags, refuse } from './terminal/arguments.ts'
import { whyUnreachable } from './terminal/reach.ts'
import { createStyle, showsColour } from './terminal/style.ts'

const usage = `Checks that a running desk does what its clients need, above all over WebSocket.

  npm run check:ws -- [--url http://localhost:8000]

One line for each check; ends with 1 when one failed.`

const flags = readFlags({ url: { type: 'string', default: 'http://localhost:8000' } }, usage)
const base = deskOrigin(flags.url) ?? refuse(`--url: ${flags.url} is no address.`, usage)
const style = createStyle(showsColour(process.stdout))
let failures = 0

const trouble = await whyUnreachable(base)
say(trouble === undefined, 'reachable and healthy', trouble ?? base)
if (trouble === undefined) await checkAll()
const verdict =
  failures === 0
    ? style.green('Everything works.')
    : style.red(`${failures} ${failures === 1 ? 'check' : 'checks'} failed: see what to do above.`)
console.log(`\n${verdict}`)
process.exit(failures === 0 ? 0 : 1)

async function checkAll(): Promise<void> {
  const target: Target = { base }
  const open = new Set<Gate>()
  for (const check of checks) {
    if (check.needs && !open.has(check.needs)) console.log(style.dim(`-       ${check.name}: not tried, there is no ${check.needs}`))
    else if ((await runOne(check, target)) && check.opens) open.add(check.opens)
  }
  target.socket?.close()
}

async function runOne({ name, run, advise }: Check, target: Target): Promise<boolean> {
  try {
    say(true, name, await run(target))
    return true
  } catch (error) {
    say(false, name, `${error instanceof Error ? error.message : error}. ${advise(error)}`)
    return false
  }
}

function say(ok: boolean, name: string, detail: string | undefined): void {
  if (!ok) failures += 1
  console.log(`${ok ? style.green('ok    ') : style.red('FAILED')}  ${name}${detail === undefined ? '' : `: ${detail}`}`)
}
