import { z } from 'zod'
import { toolApprovalBody } from '../http.ts'
import type { Chapter } from './operation.ts'

const parameters = z.looseObject({}).describe('A JSON schema of the arguments that a model may fill in.')

const toolList = z
  .object({
    tools: z.array(
      z.object({
        name: z.string(),
        description: z.string(),
        parameters,
        requires_auth: z.boolean().describe('Only for a customer who has signed in.'),
        side_effect: z.boolean().describe("It changes something, so it needs the visitor's approval."),
      }),
    ),
    off: z
      .array(
        z.object({
          name: z.string(),
          reason: z
            .string()
            .describe('`not_allowed`, `changes_something`, `needs_identity`, `name_taken`, `changed`, `new` or `speaks_to_model`.'),
          fingerprint: z.string().describe('A hash over its definition: what an approval names.'),
          description: z.string(),
          parameters,
        }),
      )
      .optional()
      .describe('With the admin key: the tools that are not offered, and why.'),
  })
  .meta({ id: 'ToolList' })

const toolApproved = z.object({ status: z.literal('success'), message: z.string(), name: z.string() }).meta({ id: 'ToolApproved' })

const fingerprint = 'jX0qk2mWcE7uT5yB1oZ9aHsLr4vN8pDfG6iKeQ3wRtY'

export const tools: Chapter = {
  tag: 'Tools',
  description: 'What the assistant can look up and do: the tools of the shop and of other MCP servers.',
  operations: [
    {
      id: 'tools',
      method: 'get',
      path: '/api/tools',
      summary: 'The tools that the assistant may call',
      description: 'With the admin key as `X-API-Key` also those that are off. A server that cannot be reached has no tools.',
      access: 'open',
      answers: {
        200: {
          description: 'The tools as a model is offered them: without the arguments that the desk fills in.',
          schema: toolList,
          examples: {
            'one tool': {
              tools: [
                {
                  name: 'list_products',
                  description: 'Lists the products that are sold, with prices and stock: all of them, or one category.',
                  parameters: { type: 'object', properties: { category: { type: 'string' } } },
                  requires_auth: false,
                  side_effect: false,
                },
              ],
            },
          },
        },
      },
      errors: ['unauthorized', 'rate_limited'],
    },
    {
      id: 'approveTool',
      method: 'post',
      path: '/api/tools/{tool}/approve',
      summary: 'Trust a tool that is off because its definition is new or another',
      description:
        'Always needs the admin key. The `fingerprint` is the one that `/api/tools` shows: a tool that has changed again is not trusted.',
      access: 'owner',
      body: { schema: toolApprovalBody, required: true, examples: { 'as it was looked at': { fingerprint } } },
      answers: {
        200: {
          description: 'It is trusted, and offered if the policy allows it.',
          schema: toolApproved,
          examples: { trusted: { status: 'success', message: 'The tool is trusted as it is.', name: 'create_order' } },
        },
      },
      errors: ['bad_json', 'invalid', 'unauthorized', 'not_found', 'mismatch', 'too_large', 'rate_limited'],
    },
  ],
}
