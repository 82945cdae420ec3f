import { namedFeed, type FeedSource } from '../../../training/feeds/feed.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import type { Schedule } from '../schedules/schedule.js'

/** Logits over a temperature: an input of the program, so that annealing plans nothing anew. @param key equal for clauses that anneal alike */
export function cooled(builder: ProgramBuilder, logits: ValueId, key: string): ValueId {
  return builder.one('scale', [logits, builder.input(inverseName(key), [])])
}

export function temperatureFeed(key: string, temperature: Schedule): FeedSource {
  return namedFeed(inverseName(key), (at) => 1 / temperature.at(at))
}

const inverseName = (key: string): string => `inverseTemperature/${key}`
