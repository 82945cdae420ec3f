import { sourcesFrom, type SourceOf } from '../diagnostics/render/sources.js'
import { ReadFailure } from '../../support/text-files.js'
import type { Host } from './host.js'

/** The texts that diagnostics are shown with. One may speak of a file that cannot be read: it is shown without its text. */
export function sourcesOf(host: Host): SourceOf {
  return sourcesFrom((path) => {
    try {
      return host.read(path)
    } catch (error) {
      if (error instanceof ReadFailure) return undefined
      throw error
    }
  })
}
