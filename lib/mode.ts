import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { parseArgs } from 'node:util'

/**
 * Must be imported before anything else: Next and React read NODE_ENV when they load, the settings come from the
 * environment and `.env`. Flags win over both: `--port 9000 --host 0.0.0.0 --dev`.
 */
const usage = 'npm start -- [--port 8000] [--host 127.0.0.1]   All settings: .env.example'
const values = readFlags()

export const dev = values.dev

Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })
if (existsSync('.env')) loadEnvFile('.env')
if (values.port !== undefined) process.env.PORT = values.port
if (values.host !== undefined) process.env.HOST = values.host

/** The flags; for one that there is not, or for --help, ends the process with how it is called. */
function readFlags() {
  const options = {
    port: { type: 'string' },
    host: { type: 'string' },
    dev: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  } as const
  try {
    const { values } = parseArgs({ options })
    if (!values.help) return values
    console.log(usage)
    process.exit(0)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`)
    process.exit(78)
  }
}
