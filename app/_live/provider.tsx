'use client';

import { type ReactNode, useState } from 'react';
import { type Live, LiveContext } from '#app/_live/hooks.ts';
import type { Bootstrap } from '#app/_live/model.ts';
import { startLive } from '#app/_live/start-live.ts';

/** The live connection for everything below it, begun from what the server already knew when it rendered the page. */
export function LiveProvider({ bootstrap, children }: { bootstrap: Bootstrap; children: ReactNode }) {
  const [live] = useState<Live>(() => startLive(bootstrap));
  return <LiveContext value={live}>{children}</LiveContext>;
}
