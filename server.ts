// First of all: it sets what the others read while they load.
import './lib/mode.ts'

import { createServer, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import next from 'next'
import { banner } from './lib/banner.ts'
import { ConfigError, readConfig } from './lib/config.ts'
import { createDesk } from './lib/desk.ts'
import { dev } from './lib/mode.ts'
import { provideDesk } from './lib/registry.ts'
import { createReception, refuseMalformed } from './lib/transport/server/reception.ts'
import { openWebSocketDoor } from './lib/transport/server/websocket.ts'

// What visitors write is for this user's eyes, also in a data folder that was there before.
process.umask(0o077)

try {
  const config = readConfig(process.env)
  const desk = await createDesk(config)
  provideDesk(desk)

  // Next gets an idle server of its own for upgrades; on ours it would close sockets that it does not know.
  const upgrades = createServer()
  const app = next({ dev, hostname: config.HOST, port: config.PORT, httpServer: upgrades })
  await app.prepare()

  const sockets = openWebSocketDoor(desk)
  // Who offers another protocol (h2c, say) and means an ordinary request gets an ordinary answer.
  const shouldUpgradeCallback = (request: IncomingMessage) => dev || sockets.isOurs(request)
  const server = createServer({ shouldUpgradeCallback }, createReception(desk, app.getRequestHandler(), dev))
  server.on('clientError', refuseMalformed)
  server.on('upgrade', (request, socket, head) => {
    if (sockets.isOurs(request)) void sockets.upgrade(request, socket, head)
    else if (dev && upgrades.emit('upgrade', request, socket, head)) return
    else socket.destroy()
  })
  server.on('error', stop)
  server.listen(config.PORT, config.HOST, () => console.log(banner(desk, server.address())))

  const close = async () => {
    sockets.close()
    const told = new Promise((resolve) => server.close(resolve))
    server.closeIdleConnections()
    await desk.drain()
    // Answers that have just ended are on their way to those who wait for them; who only listens comes back by itself.
    await Promise.race([told, sleep(1000)])
    await desk.close()
    process.exit(0)
  }
  // Asked again, it is the same close: answers that are being written still get their end.
  process.on('SIGTERM', close).on('SIGINT', close)
} catch (error) {
  stop(error)
}

/** Ends the process with a sentence for people; 78 (EX_CONFIG) says that the settings are to blame, and trying again is no use. */
function stop(reason: unknown): never {
  console.error(`Frontdesk cannot start.\n${reason instanceof Error ? reason.message : reason}`)
  process.exit(reason instanceof ConfigError ? 78 : 1)
}
