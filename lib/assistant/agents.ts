import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'

/**
 * The personas of the assistant. Each is a file: front matter that says what it is for, and instructions for a model.
 * One file more is one agent more.
 */
export interface Agent {
  /** The file's name without its ending. */
  id: string
  /** As visitors see it. */
  name: string
  /** The tags of the articles that it speaks about. */
  tags: string[]
  /** It speaks where none of the others does. */
  isDefault: boolean
  /** What a model is told besides the desk's own instructions. */
  instructions: string
  /** The tools that a model may call as this agent, of those that there are; undefined: all of them. */
  tools?: string[]
}

const frontMatter = z.strictObject({
  name: z.string().trim().min(1).max(40),
  tags: z.array(z.string()).default([]),
  default: z.boolean().default(false),
  tools: z.array(z.string()).optional(),
})
/** Characters of an agent's instructions, at most: they go with every question to a model. */
const LENGTH = 4000

/**
 * Reads the agents of a folder, `*.md`, by the names of their files. No folder, no agents: the desk speaks in its own name.
 * Throws a sentence for the owner when a file is wrong, or when not exactly one agent is the default.
 */
export async function loadAgents(folder: string): Promise<Agent[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = names.filter((name) => name.endsWith('.md') && !name.startsWith('.')).sort()
  const agents = await Promise.all(files.map(async (file) => readAgent(file, await readFile(join(folder, file), 'utf8'))))
  const defaults = agents.filter(({ isDefault }) => isDefault).length
  if (agents.length > 0 && defaults !== 1) throw new Error(`${folder}: exactly one agent has "default: true", not ${defaults}`)
  return agents
}

function readAgent(file: string, content: string): Agent {
  const [, head, body = ''] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(content) ?? []
  if (head === undefined) throw new Error(`${file}: an agent begins with front matter, at least "name"`)
  const read = frontMatter.safeParse(yamlOf(file, head))
  if (!read.success) throw new Error(`${file}: ${read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`)
  const instructions = body.trim()
  if (instructions.length > LENGTH) throw new Error(`${file}: the instructions have ${instructions.length} characters, at most ${LENGTH}`)
  const { name, tags, default: isDefault, tools } = read.data
  return { id: file.slice(0, -'.md'.length), name, tags, isDefault, instructions, ...(tools ? { tools } : {}) }
}

function yamlOf(file: string, head: string): unknown {
  try {
    return parseYaml(head, { prettyErrors: false, uniqueKeys: false })
  } catch (error) {
    throw new Error(`${file}: the front matter is not YAML (${(error as Error).message})`)
  }
}

/** What the first article of an answer weighs beside the ones after it. */
const FIRST = 2

/**
 * Who speaks: the agent whose tags the articles of an answer have most of, the default one where none has any. `before` is
 * the name that spoke last: it goes on where another fits no better. Undefined on a desk without agents.
 */
export function agentFor(agents: readonly Agent[], articles: ReadonlyArray<{ tags: string[] }>, before?: string): Agent | undefined {
  const rated = agents.map((agent) => {
    const own = new Set(agent.tags)
    const fits = articles.map(({ tags }, at) => (tags.filter((tag) => own.has(tag)).length / (tags.length || 1)) * (at === 0 ? FIRST : 1))
    return { agent, score: fits.reduce((sum, fit) => sum + fit, 0) }
  })
  const best = Math.max(0, ...rated.map(({ score }) => score))
  if (best === 0) return agents.find(({ isDefault }) => isDefault)
  const fitting = rated.filter(({ score }) => score === best).map(({ agent }) => agent)
  return fitting.find(({ name }) => name === before) ?? fitting[0]
}
