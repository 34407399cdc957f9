'use client';

import { Component, type ReactNode } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';

/**
 * Keeps what goes wrong in one part of the page to that part: its code could not be loaded, or it has a bug. Give it
 * a key that changes with what it holds, and the next one starts afresh.
 */
export class LoadBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <EmptyState title="This could not be shown">
        <p>Check your connection. What you wrote elsewhere is kept.</p>
        <Button className="mt-4" onClick={() => location.reload()}>
          Reload
        </Button>
      </EmptyState>
    );
  }
}
