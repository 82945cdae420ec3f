export * from './convention.js'
export * from './cost.js'
