export * from './convention.js'
export * from './cost.js'
export * from './open-cost.js'
export * from './effective-cost.js'
