import { busContract } from '#lib/session/bus.contract.ts'
import { createLocalBus } from './local-bus.ts'

busContract('the bus of one process', createLocalBus, async () => undefined)
