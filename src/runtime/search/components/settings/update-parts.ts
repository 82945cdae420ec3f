import type { PlanPart, SettingSource } from './setting.js'

/** Parts that a setting of how variables are moved is about: choices say their own, retraining takes over what weights have. */
export const updateParts = {
  weights: { said: ['search', 'train weights'] },
  choices: { said: ['train choices'] },
  retrain: { said: ['retrain'], inherits: 'weights' },
} as const satisfies Partial<Record<PlanPart, SettingSource<never>>>
