import { rmSync } from 'node:fs';

/** After all browser tests: their server has stopped, and with it the database in this folder. */
export default function removeData(): void {
  const folder = process.env.E2E_DATA_DIR;
  if (folder) rmSync(folder, { recursive: true, force: true });
}
