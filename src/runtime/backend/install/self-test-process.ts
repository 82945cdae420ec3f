import process from 'node:process'
import { Failure } from '../../../catalogue/failure.js'
import { selfTest } from './self-test.js'

/** `node self-test-process.js PACKAGE_FOLDER`: prints the outcome as JSON, or why there is none and ends with 1. */
try {
  const outcome = JSON.stringify(await selfTest(process.argv[2] ?? ''))
  // TensorFlow's threads may hold the process up.
  process.stdout.write(`${outcome}\n`, () => process.exit(0))
} catch (error) {
  const message =
    error instanceof Failure ? error.message : error instanceof Error ? (error.stack ?? error.message) : ''
  process.stderr.write(`${message}\n`, () => process.exit(1))
}
