import { DeskError } from '#lib/protocol/errors.ts'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
