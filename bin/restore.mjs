#!/usr/bin/env node
// `npm run restore -- <file.tar.gz>`
import { runCommand } from './steps/command.mjs';

await runCommand('restore');
