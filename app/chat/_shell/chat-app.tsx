'use client';

import type { Bootstrap } from '#app/_live/model.ts';
import { LiveProvider } from '#app/_live/provider.tsx';
import type { FirstPage } from '#app/_live/state.ts';
import { References } from '#app/chat/_shell/references.tsx';
import { Shell } from '#app/chat/_shell/shell.tsx';
import { ShellStateProvider } from '#app/chat/_shell/shell-state.tsx';
import { PlaceProvider } from '#app/chat/_shell/use-place.tsx';

type Props = {
  bootstrap: Bootstrap;
  firstPage?: FirstPage;
  /** id of the conversation that was read last in this browser */
  lastRead: number | null;
};

/** The whole chat client. It is rendered once by the server and then lives on what the stream delivers. */
export function ChatApp({ bootstrap, firstPage, lastRead }: Props) {
  return (
    <LiveProvider bootstrap={bootstrap} firstPage={firstPage}>
      <PlaceProvider lastRead={lastRead}>
        <ShellStateProvider>
          <References>
            <Shell />
          </References>
        </ShellStateProvider>
      </PlaceProvider>
    </LiveProvider>
  );
}
