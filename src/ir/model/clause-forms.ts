/** Forms of clauses that no component stands for. */
export type ClauseForm = 'per epoch' | 'an effective cost'

/**
 * Forms that the language has and the runtime does not act on yet: `nasc check` warns of them, and `nasc run` refuses them. A
 * row goes when the runtime has it. Of components this is said in their declaration, by the word `planned`.
 */
export const plannedForms: ReadonlySet<ClauseForm> = new Set<ClauseForm>(['per epoch', 'an effective cost'])
