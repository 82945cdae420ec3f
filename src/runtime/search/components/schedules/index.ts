import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../component-use.js'
import { constant } from './constant.js'
import { cosine } from './cosine.js'
import { exponential } from './exponential.js'
import { linear } from './linear.js'
import type { Schedule, ScheduleComponent } from './schedule.js'
import { step } from './step.js'

/** Schedules by their names in `std:search`. */
export const schedules: Readonly<Record<string, ScheduleComponent>> = {
  constant,
  cosine,
  exponential,
  linear,
  step,
}

export function openSchedule(use: ComponentUse, clause: string): Schedule {
  return lookUp(schedules, use, 'schedule', clause)(readArguments(use, clause))
}
