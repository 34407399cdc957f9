#!/usr/bin/env node
// `npm run admin -- grant <username>`
import { runCommand } from './steps/command.mjs';

await runCommand('admin');
