import { z } from 'zod'
import { counted, listText } from './told.ts'
import { describeTool } from './tool.ts'

export const searchKnowledge = describeTool({
  name: 'search_knowledge',
  title: 'Search the articles',
  description: "Finds passages of the company's articles (delivery, returns, warranty, payment, opening hours) that answer a question.",
  input: z.object({ query: z.string().trim().min(1).max(500).describe('The question, in the words of who asks') }),
  output: z.object({ passages: z.array(z.object({ title: z.string(), text: z.string(), url: z.string() })) }),
  readOnly: true,
  destructive: false,
  idempotent: true,
  reach: 'everyone',
  async run({ searchKnowledge: search }, { query }) {
    const passages = await search(query)
    if (passages.length === 0) return { text: `No passages found for '${query}'`, data: { passages } }
    const items = passages.map(({ title, text, url }) => `[${title}] ${url}\n  ${text}`)
    return { text: listText(`Found ${counted(passages.length, 'passage')}:`, items), data: { passages } }
  },
})
