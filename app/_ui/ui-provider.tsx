'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import type { ReactNode } from 'react';
import { Late, part } from '#app/_ui/late.tsx';
import { QuietAnnouncer } from '#app/_ui/quiet-announcer.tsx';
import { Toaster } from '#app/_ui/toaster.tsx';

const tooltipHost = part(async () => (await import('#app/_ui/tooltip-host.tsx')).TooltipHost);
const NONE = {};

/** What every page of the app needs once: no style elements from Base UI, no alarm from Next, the tooltip and the toasts. */
export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      {children}
      <QuietAnnouncer />
      <Toaster />
      <Late part={tooltipHost} props={NONE} />
    </CSPProvider>
  );
}
