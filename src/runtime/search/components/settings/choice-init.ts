import { otherwise, type Setting } from './setting.js'

/** Standard deviation of the initial logits. */
export const choiceInit = {
  read: (read) => read.number('deviation', { least: 0 }),
  parts: { choices: { said: ['train choices'], settle: otherwise(1e-3) } },
} satisfies Setting<number>
