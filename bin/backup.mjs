#!/usr/bin/env node
// `npm run backup -- <file.tar.gz>`
import { runCommand } from './steps/command.mjs';

await runCommand('backup');
