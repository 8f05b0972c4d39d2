import './node-version.mjs'
import { buildPages } from './pages.mjs'

await buildPages({ always: true })
