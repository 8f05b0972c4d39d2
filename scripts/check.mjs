import './node-version.mjs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const bin = (name) => join('node_modules', '.bin', name)
const checks = {
  'format and lint': [[bin('biome'), 'check', '--error-on-warnings']],
  types: [
    [bin('next'), 'typegen'],
    [bin('tsc'), '--noEmit'],
  ],
  'unused files, exports and packages': [[bin('knip'), '--no-progress']],
  'boundaries and documents': [[process.execPath, 'scripts/checks/run.ts']],
}

const outcomes = await Promise.all(
  Object.entries(checks).map(async ([name, commands]) => {
    for (const command of commands) {
      const { code, output } = await run(command)
      if (code !== 0) return `${name}: FAILED\n${output}`
    }
    return `${name}: ok`
  }),
)
for (const outcome of outcomes) console.log(outcome)
process.exitCode = outcomes.every((outcome) => outcome.endsWith(': ok')) ? 0 : 1

function run([command, ...args]) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, output })))
}
