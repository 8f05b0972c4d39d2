// Loaded before a measured server (node --import): on SIGUSR2 it tells how often its database has committed.
import { StatementSync } from 'node:sqlite'

let commits = 0
const { run } = StatementSync.prototype
StatementSync.prototype.run = function counted(...parameters) {
  if (this.sourceSQL === 'COMMIT') commits += 1
  return run.apply(this, parameters)
}
process.on('SIGUSR2', () => console.log(`committed ${commits}`))
