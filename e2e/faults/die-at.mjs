// A desk that ends itself, as if by `kill -9`, at one point around an order: when the file `die-at` in its data names
// the point that it passes. The file goes with it, so that the desk that is started again lives on.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { changeSource } from './changed-source.mjs'

const file = join(process.env.DATA_DIR ?? '', 'die-at')

globalThis.passes = (point) => {
  if (named() !== point) return
  rmSync(file)
  process.kill(process.pid, 'SIGKILL')
}

function named() {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const passes = (point, condition = '') => `${condition}globalThis['passes']('${point}')`
const before = (line, point, condition) => [line, `${passes(point, condition)}\n${line}`]
const after = (line, point, condition) => [line, `${line}\n${passes(point, condition)}`]

const ofEffect = "if (turn.lane === 'effect') "
const toolRan = '          const { text, data } = await tool.run(means, input as never, { ...call, key: keyOf(context) })'

changeSource(
  {
    'lib/tools/effects/ledger.ts': [
      before('    const effect = (await store.effect(wish.key))', 'before the intent'),
      before("    if (effect.state === 'intent') {", 'after the intent'),
      before('      if (isOurs) return send(effect, signal)', 'before it is sent'),
      before("    await store.moveEffect(effect.key, 'sent', { state, result, at: now() })", 'before its result is kept'),
    ],
    'lib/shop/orders.ts': [
      before('    return store.transact(async (tx) => {\n      const fingerprint', 'after it is sent'),
      before('      return order\n    })\n  }\n\n  /** Cancels', 'before the shop’s commit'),
    ],
    'lib/shop/mcp-server.ts': [after(toolRan, 'after the shop’s commit', "if (tool.name === 'create_order') ")],
    'lib/session/turn.ts': [
      before('    await conclude(ref, turn, { text, citations: [] }, conclusion)', 'after its result is kept'),
      before('      const aside = recordOf(turn, conclusion)', 'before the answer’s commit', ofEffect),
      before("    publish(ref, events)\n    publish(ref, noted, 'desk')", 'after the answer’s commit', ofEffect),
    ],
  },
  'a point of die-at.mjs',
)
