import { completable, type McpServer, ResourceTemplate } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { picture } from './fixture-media.ts'

/** The resources and prompts that the conformance suite asks for, as it describes them. */

const image = { type: 'image', data: picture, mimeType: 'image/png' } as const
const said = (text: string) => ({ role: 'user', content: { type: 'text', text } }) as const

export function addResources(server: McpServer): void {
  const plain = { mimeType: 'text/plain' }
  server.registerResource('static-text', 'test://static-text', plain, ({ href: uri }) => {
    return { contents: [{ uri, ...plain, text: 'This is the content of the static text resource.' }] }
  })
  server.registerResource('static-binary', 'test://static-binary', { mimeType: 'image/png' }, ({ href: uri }) => {
    return { contents: [{ uri, mimeType: 'image/png', blob: picture }] }
  })
  const template = new ResourceTemplate('test://template/{id}/data', { list: undefined })
  server.registerResource('template', template, { mimeType: 'application/json' }, ({ href: uri }, { id }) => {
    return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify({ id, data: `Data for ID: ${id}` }) }] }
  })
}

export function addPrompts(server: McpServer): void {
  server.registerPrompt('test_simple_prompt', { description: 'A prompt without arguments' }, () => {
    return { messages: [said('This is a simple prompt for testing.')] }
  })
  const arg1 = completable(z.string(), (value) => ['paris', 'park', 'party'].filter((word) => word.startsWith(value)))
  const argsSchema = z.object({ arg1, arg2: z.string() })
  server.registerPrompt('test_prompt_with_arguments', { description: 'A prompt with two arguments', argsSchema }, (given) => {
    return { messages: [said(`Prompt with arguments: arg1='${given.arg1}', arg2='${given.arg2}'`)] }
  })
  const withUri = { description: 'A prompt with a resource', argsSchema: z.object({ resourceUri: z.string() }) }
  server.registerPrompt('test_prompt_with_embedded_resource', withUri, ({ resourceUri: uri }) => {
    const resource = { uri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' }
    const embedded = { role: 'user', content: { type: 'resource', resource } } as const
    return { messages: [embedded, said('Please process the embedded resource above.')] }
  })
  server.registerPrompt('test_prompt_with_image', { description: 'A prompt with a picture' }, () => {
    return { messages: [{ role: 'user', content: image }, said('Please analyze the image above.')] }
  })
}
