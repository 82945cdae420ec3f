import { tradeOff } from './trade-off.js'

/** What the paper measures its latency beside: operations counted. */
export const macs = tradeOff('macs', 'aware_of_macs', 'the multiply-accumulates')
