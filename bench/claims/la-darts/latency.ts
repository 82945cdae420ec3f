import { tradeOff } from './trade-off.js'

export const latency = tradeOff('latency', 'aware_of_latency', 'the predicted latency')
