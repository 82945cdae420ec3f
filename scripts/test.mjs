// `npm test [-- FILTER…]`: build, checks, tests. The last line is always `N passed, N failed`; a check that fails, a
// test file that does not load and an error outside of every test each count as one failure.
import { startVitest } from 'vitest/node'
import { runChecks } from './checks.mjs'
import { node, root } from './run-step.mjs'

const filters = process.argv.slice(2)
const totals = { passed: 0, failed: 0 }

try {
  if (await node('scripts/build.mjs')) {
    console.log('ok   build')
    totals.failed += (await runChecks(['types', 'lint', 'format', 'floors'])).length
    await runTests()
  } else {
    console.log('FAIL build')
    totals.failed += 1
  }
} catch (error) {
  console.error(error)
  totals.failed += 1
}
finish()

async function runTests() {
  const vitest = await startVitest('test', filters, { root, run: true, watch: false, reporters: ['default'] })
  for (const module of vitest.state.getTestModules()) {
    const tests = [...module.children.allTests()]
    const failed = tests.filter((test) => test.result().state === 'failed').length
    totals.passed += tests.filter((test) => test.result().state === 'passed').length
    totals.failed += failed
    // A file that does not load, or a hook that throws, leaves no failed test behind.
    if (failed === 0 && module.state() === 'failed') totals.failed += 1
  }
  totals.failed += vitest.state.getUnhandledErrors().length
  if (totals.passed + totals.failed === 0) totals.failed = 1
  await vitest.close()
}

function finish() {
  const code = totals.failed === 0 ? 0 : 1
  process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`, () => process.exit(code))
}
