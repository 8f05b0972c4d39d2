import './node-version.mjs'
import { buildPages } from './pages.mjs'

await buildPages()
await import('../server.ts')
