import { readSnippet } from '../lib/handoff/odoo/probe.ts'
import { checks, reasonOf, type Target } from './odoo-checks/checks.ts'
import { readFlags, refuse } from './terminal/arguments.ts'
import { createStyle, showsColour } from './terminal/style.ts'

const usage = `Tries a live chat of a real Odoo as a visitor of the desk would come to it. It takes somebody who is an operator there.

  npm run odoo:check -- --url https://your-company.odoo.com --channel 2
  npm run odoo:check -- --snippet '<script … src="https://your-company.odoo.com/im_livechat/loader/2">…'

  --wait seconds     how long to wait for what the operator is asked to do (120)

One line for each check; ends with 1 when one failed.`

const flags = readFlags(
  {
    url: { type: 'string' },
    channel: { type: 'string' },
    snippet: { type: 'string' },
    wait: { type: 'string', default: '120' },
  },
  usage,
)
const style = createStyle(showsColour(process.stdout))
const target: Target = {
  ...whereIn(flags),
  patienceMs: Number(flags.wait) * 1000,
  // Odoo's hosts ask their guests for no more than one call in a second.
  pollMs: 1500,
  ask: (what) => console.log(style.bold(`→ ${what}`)),
  release: 0,
  heard: [],
}
if (!(target.patienceMs > 0)) refuse('--wait takes seconds.', usage)

let failed = false
for (const { name, run, advise } of checks) {
  try {
    const detail = await run(target)
    console.log(`${style.green('ok    ')}  ${name}${detail === undefined ? '' : `: ${detail}`}`)
  } catch (error) {
    failed = true
    console.log(`${style.red('FAILED')}  ${name}: ${reasonOf(error)}. ${advise}`)
    break
  }
}
// A conversation that is left open would go on counting as a load of its operator.
if (failed) await target.conversation?.leave().catch(() => undefined)
target.conversation?.close()
console.log(
  failed
    ? `\n${style.red('The desk cannot hand over to this live chat yet: see what to do above.')}`
    : `\n${style.green('The desk can hand over to this live chat.')}`,
)
process.exit(failed ? 1 : 0)

function whereIn({ url, channel, snippet }: { url?: string; channel?: string; snippet?: string }): Pick<Target, 'base' | 'channelId'> {
  if (snippet !== undefined) return readSnippet(snippet) ?? refuse('--snippet: no address of a live chat is in it.', usage)
  const base = url === undefined ? null : URL.parse(url)
  if (!base || !/^https?:$/.test(base.protocol)) refuse('--url takes an address like https://your-company.odoo.com.', usage)
  if (!/^\d{1,9}$/.test(channel ?? '')) refuse('--channel takes the number of the live chat channel.', usage)
  return { base: new URL(base.origin), channelId: Number(channel) }
}
