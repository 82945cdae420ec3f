import { Failure } from '../../../../catalogue/failure.js'

/** Of a setting that a block must have. */
export function missingSetting(name: string, clause: string, advice: string): Failure {
  return new Failure('setting-missing', { clause: `\`${clause}\``, what: `\`${name}\``, advice })
}
