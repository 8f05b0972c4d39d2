import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { parseArgs } from 'node:util'

/**
 * Must be imported before anything else: Next and React read NODE_ENV when they load, the settings come from the
 * environment and `.env`. Flags win over both: `--port 9000 --host 0.0.0.0 --dev`.
 */
const { values } = parseArgs({
  options: { port: { type: 'string' }, host: { type: 'string' }, dev: { type: 'boolean', default: false } },
})

export const dev = values.dev

Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })
if (existsSync('.env')) loadEnvFile('.env')
if (values.port !== undefined) process.env.PORT = values.port
if (values.host !== undefined) process.env.HOST = values.host
