import type { ScheduleComponent } from './schedule.js'

/** `from * rate ^ n`, where n of the epochs `at` have begun. */
export const step: ScheduleComponent = (read) => {
  const from = read.number('from', { least: 0 })
  const epochs = read.numbers('at', { least: 0 })
  const rate = read.number('rate', { least: 0 })
  return { at: ({ epoch }) => from * rate ** epochs.filter((each) => each <= epoch).length }
}
