import type { ComponentUse } from '../component-use.js'
import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import { ema } from './ema.js'
import type { Teacher, TeacherComponent } from './teacher.js'

/** Teachers by their names in `std:search`. */
export const teachers: Readonly<Record<string, TeacherComponent>> = { ema }

export function openTeacher(use: ComponentUse): Teacher {
  return lookUp(teachers, use, 'teacher', 'teacher')(readArguments(use, 'teacher'))
}
