// R1: `ws`, one durable insert per message, one acknowledgement.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { WebSocketServer } from 'ws'

const database = new DatabaseSync(join(process.env.DATA_DIR, 'r1.db'))
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
database.exec('CREATE TABLE messages (id TEXT PRIMARY KEY, body TEXT NOT NULL)')
const insert = database.prepare('INSERT INTO messages VALUES (?, ?)')

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    const { client_msg_id, message } = JSON.parse(data.toString())
    const id = randomUUID()
    insert.run(id, message)
    socket.send(JSON.stringify({ type: 'ack', client_msg_id, message_id: id }))
  })
})
server.listen(0, '127.0.0.1', () => console.log(`listens on port ${server.address().port}`))
