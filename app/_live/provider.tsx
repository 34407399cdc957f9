'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { createLive } from '#app/_live/create-live.ts';
import { LiveContext } from '#app/_live/hooks.ts';
import type { Bootstrap } from '#app/_live/model.ts';
import type { FirstPage } from '#app/_live/state.ts';

type Props = {
  bootstrap: Bootstrap;
  /** the newest page of the conversation to be shown, if the server read it along with the rest */
  firstPage?: FirstPage;
  children: ReactNode;
};

/** The live connection for everything below it, begun from what the server knew when it rendered the page. */
export function LiveProvider({ bootstrap, firstPage, children }: Props) {
  const [live] = useState(() => createLive(bootstrap, firstPage));
  useEffect(() => live.start(), [live]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
