'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import type { ReactNode } from 'react';
import { QuietAnnouncer } from '#app/_ui/quiet-announcer.tsx';
import { Toaster } from '#app/_ui/toaster.tsx';
import { TooltipHost } from '#app/_ui/tooltip-host.tsx';

/** What every page of the app needs once: no style elements from Base UI, no alarm from Next, the tooltip and the toasts. */
export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      {children}
      <QuietAnnouncer />
      <Toaster />
      <TooltipHost />
    </CSPProvider>
  );
}
