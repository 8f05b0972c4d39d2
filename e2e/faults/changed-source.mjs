// Changes the source of a desk's files as they are loaded: the code itself knows nothing of the tests that do so.
import { registerHooks } from 'node:module'

/**
 * `changes`: for each file a list of what stands there and what is read in its place. A place that is gone ends the
 * process, so that it cannot pass unnoticed.
 */
export function changeSource(changes, name) {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      const found = Object.entries(changes).find(([file]) => url.endsWith(`/${file}`))?.[1]
      if (!found) return loaded
      let source = String(loaded.source)
      for (const [from, to] of found) {
        if (!source.includes(from)) {
          console.error(`${name} does not fit ${url} any more: ${from}`)
          process.exit(99)
        }
        source = source.replace(from, to)
      }
      return { ...loaded, source }
    },
  })
}
