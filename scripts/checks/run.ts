import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { checkBoundaries } from './boundaries.ts'
import { checkDocuments } from './documents.ts'

/** The project's own checks, over every file that is or may become part of it. */
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
const files = listed.split('\n').filter((file) => file !== '' && existsSync(file))
const problems = [...checkBoundaries(files), ...checkDocuments(files)]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
