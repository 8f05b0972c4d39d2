import './node-version.mjs'
import { spawn } from 'node:child_process'

// Pages reload in place; a change of the server or of lib restarts the process.
const watched = ['--watch-path=./server.ts', '--watch-path=./lib', '--watch-preserve-output']
const child = spawn(process.execPath, [...watched, 'server.ts', '--dev', ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 0))
