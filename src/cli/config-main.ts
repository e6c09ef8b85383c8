import { configCommand } from './config.js';
import { type Loader, mainOf } from './run.js';

const config: Loader = async (io) => configCommand(io);

/** Runs `fog-lint config` alone, which scripts ask for, without what only the other commands need. */
export const main = mainOf({ config }, config);
