import process from 'node:process'

/**
 * Most commands are over, and most steps planned, before code that V8 optimises early has paid for it: that took a third of the processor
 * time of checks and counts and nearly half of that of a cold plan, and makes no difference to what runs for long. The default is 132
 * KiB of bytecode executed; measured with the V8 of Node 20, absent with any other.
 */
export const v8Flags: readonly string[] = process.versions.v8.startsWith('11.') ? ['--interrupt-budget=600000'] : []
