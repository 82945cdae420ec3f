export { mean, median, standardDeviation } from '../src/support/statistics.js'
