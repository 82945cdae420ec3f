import type { ScheduleComponent } from '../../../../../src/runtime/search/components/schedules/schedule.js'

/** Half as much after every epoch. */
export const halving: ScheduleComponent = (read) => {
  const from = read.number('from', { above: 0 })
  return { at: ({ epoch }) => from / 2 ** epoch }
}
