// R2: the AI SDK called directly. Every message to a socket is answered by the model, piece by piece, and nothing is kept.
import { createServer } from 'node:http'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'
import { WebSocketServer } from 'ws'

const { AI_BASE_URL: baseURL, AI_MODEL: modelId } = process.env
const model = createOpenAICompatible({ name: 'peer', baseURL, includeUsage: true })(modelId)
const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket) => {
  socket.on('message', async (data) => {
    const { content } = JSON.parse(data.toString())
    if (content === undefined) return
    const { textStream } = streamText({
      model,
      instructions: 'You are the assistant.',
      prompt: content,
      temperature: 0.3,
      maxOutputTokens: 2000,
    })
    for await (const text of textStream) socket.send(JSON.stringify({ type: 'delta', text }))
    socket.send(JSON.stringify({ type: 'message', role: 'assistant' }))
  })
})
server.listen(0, '127.0.0.1', () => console.log(`listens on port ${server.address().port}`))
