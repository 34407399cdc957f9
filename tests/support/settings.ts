import { readFileSync, writeFileSync } from 'node:fs';
import { type Settings, settingsFile } from '#server/platform/settings';

let writes = 0;

type Some<Tree> = { [Key in keyof Tree]?: Tree[Key] extends unknown[] ? Tree[Key] : Some<Tree[Key]> };

/** Changes keys of settings.json as an administrator does while the server runs; a group is replaced as a whole. */
export function changeSettingsFile(changes: Some<Settings>): void {
  const before = JSON.parse(readFileSync(settingsFile(), 'utf8')) as object;
  // a file of another length is another file, however coarse its clock is
  const padding = ' '.repeat(++writes);
  writeFileSync(settingsFile(), JSON.stringify({ ...before, ...changes }) + padding);
}
