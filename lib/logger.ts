import { pino } from 'pino'
import type { Log } from '#lib/session/ports.ts'

/**
 * The log of the process: JSON lines on standard error, without what visitors write and without secrets.
 */
export function createLogger(level: string): Log {
  const redact = ['token', 'session_token', 'authorization', '*.token', '*.authorization']
  return pino({ level, base: null, redact, serializers: { err: pino.stdSerializers.err } }, pino.destination(2))
}
