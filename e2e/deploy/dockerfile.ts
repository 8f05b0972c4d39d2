/** One line of a Dockerfile: its word and what follows. */
export interface Instruction {
  word: string
  rest: string
}

/** The instructions of each stage, in order. Comments are left out, continued lines joined. */
export function readStages(dockerfile: string): Instruction[][] {
  const lines = dockerfile
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const stages: Instruction[][] = []
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? []
    if (word === 'FROM') stages.push([])
    stages.at(-1)?.push({ word, rest })
  }
  return stages
}

/** All that follows a word in a stage. */
export function all(stage: Instruction[], word: string): string[] {
  return stage.filter((instruction) => instruction.word === word).map(({ rest }) => rest)
}

/** The one that follows a word; throws when there is not exactly one. */
export function only(stage: Instruction[], word: string): string {
  const [found, ...more] = all(stage, word)
  if (found === undefined || more.length > 0) throw new Error(`the stage has ${more.length + (found ? 1 : 0)} × ${word}`)
  return found
}

/** The variables that a stage sets. */
export function environment(stage: Instruction[]): Record<string, string> {
  const pairs = all(stage, 'ENV').flatMap((rest) => [...rest.matchAll(/(\w+)=("[^"]*"|\S+)/g)])
  return Object.fromEntries(pairs.map(([, name, value = '']) => [name, value.replace(/^"|"$/g, '')]))
}

/** What a COPY takes and where it puts it. */
export function copyOf(rest: string): { from: string | undefined; sources: string[]; target: string } {
  const [, from] = /--from=(\S+)/.exec(rest) ?? []
  const paths = rest.split(/\s+/).filter((part) => !part.startsWith('--'))
  return { from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' }
}
