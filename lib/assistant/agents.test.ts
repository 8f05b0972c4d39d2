import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { agentFor, loadAgents } from './agents.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-agents-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const write = (file: string, text: string) => writeFileSync(join(folder, file), text)

describe('agents', () => {
  test('come with the desk, one of them for everything else', async () => {
    const agents = await loadAgents('agents')
    expect(agents.map(({ name }) => name)).toEqual(['Front desk', 'Orders', 'Sales', 'Technical support'])
    expect(agents.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual(['front-desk'])
    expect(agents.every(({ instructions }) => instructions.length > 50)).toBe(true)
  })

  test('are as many as there are files', async () => {
    write('desk.md', '---\nname: Desk\ndefault: true\n---\nBe kind.\n')
    write('notes.txt', 'not an agent')
    expect(await loadAgents(folder)).toEqual([{ id: 'desk', name: 'Desk', tags: [], isDefault: true, instructions: 'Be kind.' }])
    write('wine.md', '---\nname: Wine\ntags: [wine]\n---\n')
    expect((await loadAgents(folder)).map(({ name }) => name)).toEqual(['Desk', 'Wine'])
  })

  test('may name the tools that a model calls as them', async () => {
    write('desk.md', '---\nname: Desk\ndefault: true\ntools: [list_products]\n---\n')
    expect(await loadAgents(folder)).toMatchObject([{ tools: ['list_products'] }])
  })

  test('are none where there is no folder', async () => {
    expect(await loadAgents(join(folder, 'missing'))).toEqual([])
  })

  test.each([
    ['Be kind.', 'bad.md: an agent begins with front matter'],
    ['---\ntags: [a]\ndefault: true\n---\n', 'bad.md: name: '],
    ['---\nname: A\nskills: [a]\n---\n', 'bad.md: '],
    ['---\nname: [\n---\n', 'bad.md: the front matter is not YAML'],
    ['---\nname: A\n---\n', 'exactly one agent has "default: true", not 0'],
    [`---\nname: A\ndefault: true\n---\n${'a'.repeat(4001)}`, 'bad.md: the instructions have 4001 characters, at most 4000'],
  ])('that are wrong are named: %s', async (text, problem) => {
    write('bad.md', text)
    await expect(loadAgents(folder)).rejects.toThrow(problem)
  })
})

describe('who speaks', () => {
  const agent = (name: string, tags: string[], isDefault = false) => ({ id: name, name, tags, isDefault, instructions: '' })
  const agents = [
    agent('Desk', [], true),
    agent('Orders', ['orders', 'shipping']),
    agent('Sales', ['products', 'shared']),
    agent('Help', ['setup', 'shared']),
  ]
  const spoken = (tags: string[][], before?: string) =>
    agentFor(
      agents,
      tags.map((of) => ({ tags: of })),
      before,
    )?.name

  test('is who knows about the articles, the first before the others', () => {
    expect(spoken([['shipping', 'orders']])).toBe('Orders')
    expect(spoken([['products'], ['orders']])).toBe('Sales')
    expect(spoken([['orders'], ['products'], ['products'], ['products']])).toBe('Sales')
  })

  test('is the default one for everything else', () => {
    expect(spoken([])).toBe('Desk')
    expect(spoken([['weather']], 'Orders')).toBe('Desk')
  })

  test('goes on where another fits no better', () => {
    expect(spoken([['shared']])).toBe('Sales')
    expect(spoken([['shared']], 'Help')).toBe('Help')
    expect(spoken([['orders']], 'Help')).toBe('Orders')
  })

  test('is nobody by name on a desk without agents', () => {
    expect(agentFor([], [{ tags: ['orders'] }])).toBeUndefined()
  })
})
