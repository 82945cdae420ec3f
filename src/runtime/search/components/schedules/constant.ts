import type { ScheduleComponent } from './schedule.js'

/** The same value throughout. A plain number where a schedule is asked for is this. */
export const constant: ScheduleComponent = (read) => {
  const value = read.number('value', { least: 0 })
  return { at: () => value }
}
