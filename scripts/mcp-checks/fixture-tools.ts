import { setTimeout as sleep } from 'node:timers/promises'
import { type CallToolResult, fromJsonSchema, type McpServer, type ServerContext } from '@modelcontextprotocol/server'
import { picture, sound } from './fixture-media.ts'

/** The tools that the conformance suite asks for, as it describes them. */

type Content = CallToolResult['content'][number]

const text = (said: string): Content => ({ type: 'text', text: said })
const image: Content = { type: 'image', data: picture, mimeType: 'image/png' }
const resource = (uri: string, mimeType: string, content: string): Content => {
  return { type: 'resource', resource: { uri, mimeType, text: content } }
}

const fixed: Record<string, Content[]> = {
  test_simple_text: [text('This is a simple text response for testing.')],
  test_image_content: [image],
  test_audio_content: [{ type: 'audio', data: sound, mimeType: 'audio/wav' }],
  test_embedded_resource: [resource('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')],
  test_multiple_content_types: [
    text('Multiple content types test:'),
    image,
    resource('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
  ],
}

export function addTools(server: McpServer): void {
  for (const [name, content] of Object.entries(fixed)) server.registerTool(name, { description: name }, () => ({ content }))

  server.registerTool('test_error_handling', { description: 'Always fails' }, () => {
    throw new Error('This tool intentionally returns an error for testing')
  })

  server.registerTool('test_tool_with_logging', { description: 'Logs while it runs' }, async ({ mcpReq }: ServerContext) => {
    for (const said of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await mcpReq.log('info', said)
      await sleep(50)
    }
    return { content: [text('Logged three times.')] }
  })

  server.registerTool('test_tool_with_progress', { description: 'Reports how far it is' }, async ({ mcpReq }: ServerContext) => {
    const progressToken = mcpReq._meta?.progressToken
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) {
        await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } })
      }
      await sleep(50)
    }
    return { content: [text('Reported three times.')] }
  })

  const inputSchema = fromJsonSchema({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
    properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
    additionalProperties: false,
  })
  server.registerTool('json_schema_2020_12_tool', { description: 'Tool with JSON Schema 2020-12 features', inputSchema }, () => {
    return { content: [text('Done.')] }
  })
}
