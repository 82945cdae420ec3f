import { node, tools } from './run-step.mjs'

/** The checks that stand before the tests, by name. Each resolves to whether it passed. */
export const checks = {
  types: () => node(tools.tsc, '-p', 'tsconfig.test.json'),
  lint: () => node(tools.eslint, '.', '--max-warnings', '0'),
  format: () => node(tools.prettier, '--check', '--log-level', 'warn', '.'),
  floors: () => node(tools.depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'grammar'),
}

/**
 * Runs checks one after the other and names those that failed.
 * @param {readonly (keyof typeof checks)[]} names
 * @returns {Promise<string[]>}
 */
export async function runChecks(names) {
  const failed = []
  for (const name of names) {
    const passed = await checks[name]()
    console.log(`${passed ? 'ok  ' : 'FAIL'} ${name}`)
    if (!passed) failed.push(name)
  }
  return failed
}
