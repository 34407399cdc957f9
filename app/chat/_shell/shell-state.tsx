'use client';

import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';

/** The dialogs of the shell and what they are about. */
export type ShellDialog =
  | { kind: 'new-direct' }
  | { kind: 'create-channel' }
  /** administrators only */
  | { kind: 'add-public-channel' }
  | { kind: 'add-member'; conversationId: number }
  | { kind: 'rename'; conversationId: number }
  | { kind: 'leave'; conversationId: number }
  | { kind: 'palette' }
  | { kind: 'help' };

export type SidePanelKind = 'members' | 'pins';

export type ShellState = {
  dialog: ShellDialog | null;
  openDialog: (dialog: ShellDialog) => void;
  closeDialog: () => void;
  panel: SidePanelKind | null;
  setPanel: (panel: SidePanelKind | null) => void;
};

const ShellContext = createContext<ShellState | null>(null);

export function ShellStateProvider({ children }: { children: ReactNode }) {
  const [dialog, setDialog] = useState<ShellDialog | null>(null);
  const [panel, setPanel] = useState<SidePanelKind | null>(null);
  const closeDialog = useCallback(() => setDialog(null), []);
  const state = useMemo<ShellState>(
    () => ({ dialog, openDialog: setDialog, closeDialog, panel, setPanel }),
    [dialog, closeDialog, panel],
  );
  return <ShellContext value={state}>{children}</ShellContext>;
}

/** What is open beside the conversation, and how to open it. */
export function useShell(): ShellState {
  const state = use(ShellContext);
  if (!state) throw new Error('useShell needs a <ShellStateProvider> above it');
  return state;
}
