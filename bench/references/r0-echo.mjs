// R0: what `ws` alone can do. Echoes every frame; a frame that begins with "*" goes to every socket.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    const text = data.toString()
    if (!text.startsWith('*')) return socket.send(text)
    for (const other of sockets.clients) other.send(text)
  })
})
// The same heartbeat that the desk has.
setInterval(() => {
  for (const socket of sockets.clients) socket.ping()
}, 30_000)
server.listen(0, '127.0.0.1', () => console.log(`listens on port ${server.address().port}`))
