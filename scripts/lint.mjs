// `npm run lint`: types of the tests, ESLint, formatting, import floors.
import { runChecks } from './checks.mjs'

const failed = await runChecks(['types', 'lint', 'format', 'floors'])
process.exit(failed.length === 0 ? 0 : 1)
